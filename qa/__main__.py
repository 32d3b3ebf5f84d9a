"""``python -m qa`` is the command ``policyqa``."""

import sys

from qa.cli import main

sys.exit(main())
