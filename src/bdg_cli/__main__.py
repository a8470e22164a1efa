"""`python -m bdg_cli` is `bdg`."""

import sys

from bdg_cli.entry import main

sys.exit(main())
