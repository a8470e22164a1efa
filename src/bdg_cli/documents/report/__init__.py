"""BÁO CÁO: the periodic report on one plan: outline, results by target, tasks by agency, annexes, charts."""
