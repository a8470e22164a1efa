"""Excel workbooks: forms that agencies fill, tables to be read, plans to be edited; and reading back what came in."""
