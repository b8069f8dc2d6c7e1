"""What nestforge talks about, as frozen dataclasses: no disk, no network, no third party."""
