"""What stands in a host's PATH instead of the real docker, nvidia-smi, systemctl and others, as ordinary programs."""
