"""Counts, in gdb, where TensorFlow gives back the arrays that it was given.

The addon is told of each release by a call of DeallocTensor: TF_NewTensor's own,
where it has copied the array, or whoever let go of the last tensor of it.
"""

import json

import gdb

counts = {"inTheCall": 0, "later": 0, "offTheMainThread": 0, "exit": None}


def note_exit(event):
    counts["exit"] = getattr(event, "exit_code", None)


class Release(gdb.Breakpoint):
    def stop(self):
        process, thread, _ = gdb.selected_thread().ptid
        caller = gdb.newest_frame().older()
        if thread != process:
            counts["offTheMainThread"] += 1
        elif caller.is_valid() and caller.name() == "TF_NewTensor":
            counts["inTheCall"] += 1
        else:
            counts["later"] += 1
        return False


gdb.execute("set confirm off")
gdb.execute("set pagination off")
gdb.execute("set breakpoint pending on")
gdb.execute("set debuginfod enabled off")
gdb.execute("set print thread-events off")
gdb.execute("handle SIGUSR1 SIGUSR2 SIGPIPE nostop noprint pass")
gdb.events.exited.connect(note_exit)
Release("tfnodejs::DeallocTensor")
gdb.execute("run")
print(json.dumps(counts))
