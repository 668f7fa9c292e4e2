# SPDX-License-Identifier: GPL-2.0-or-later
"""How the tool speaks: progress on standard error, one sentence when it gives up."""
import sys


def note(message):
    print(message, file=sys.stderr, flush=True)


def fail(message):
    sys.stdout.flush()
    sys.exit(f"tools/bench: {message}")
