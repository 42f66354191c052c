"""Several who act at the same moment, each in a thread and with a connection of their own."""

import threading
from collections.abc import Callable

from django.db import connections


def at_once(*acts: Callable[[], object], refusal: type[Exception] | tuple[()] = ()) -> int:
    """Run the acts in threads that start together; how many were refused.

    Whatever else one of them raises fails the test.
    """
    gate, refused, faults = threading.Barrier(len(acts)), [], []

    def run(act):
        try:
            gate.wait()
            act()
        except refusal as said:
            refused.append(said)
        except Exception as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return len(refused)
