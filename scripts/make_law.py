"""`make law`: fetch the words of the law from Finlex, in the worker of the portal that runs.

Asks for an e-mail address, which Finlex is told with every request; an argument answers for it.
"""

import subprocess
import sys

from run import BASE_DIR, environment


def contact(given: list[str]) -> str:
    """The address given, or the one that is typed."""
    if given:
        return given[0]
    print("Finlex is told with every request whom to write to about it.")
    try:
        return input("Your e-mail address: ").strip()
    except EOFError:
        return ""


def main(port: int, given: list[str]) -> int:
    address = contact(given)
    if "@" not in address:
        print(
            "Nothing was fetched: an e-mail address is needed (make law CONTACT=you@example.org)."
        )
        return 1
    command = [sys.executable, "manage.py", "fetch_law", "--in-worker", f"--contact={address}"]
    return subprocess.run(command, cwd=BASE_DIR, env=environment(port)).returncode


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), [one for one in sys.argv[2:] if one]))
