"""The stand-in for docker: a program without a daemon, and a supervisor for each container."""
