"""`python -m nestforge` is the `nestforge` command."""

from nestforge.cli import main

raise SystemExit(main())
