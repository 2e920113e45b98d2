"""Commands of the command line that have a file of their own: arguments in, exit code out, nothing else."""
