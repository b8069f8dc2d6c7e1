"""What a hostile template could still do from inside of its hosts: for the report, beside what was proven."""

CONFINED = (
    "files: a host sees the programs of this machine and copies of harmless settings; its own files are elsewhere, "
    "and its root is nobody outside",
    "processes: a host sees its own only, and their end with the rehearsal is the kernel's doing",
    "memory and number of processes: bounded by control groups where this machine has them",
    "network: a host reaches its VPC, by its security groups, and of this machine nothing but metadata, signals "
    "and the files of published artifacts",
)
"""What holds, in short."""

NOT_CONFINED = (
    "the kernel: hosts share this machine's, and a fault that the root of a user namespace can reach is theirs to use",
    "the disk: a host can write as much as its order's SystemDiskSize says, which may be more than this machine has",
    "processor time: a busy host slows this machine down",
    "what this machine knows of itself: programs installed in /usr, processors and memory, kernel messages where "
    "its settings show them to everybody",
    "without control groups for memory and pids: a host can fill the memory, or the table of processes",
)
"""What does not hold."""
