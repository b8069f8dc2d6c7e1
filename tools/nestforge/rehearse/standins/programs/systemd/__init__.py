"""The stand-ins for systemd: a supervisor for each unit, and the programs that ask and tell it."""
