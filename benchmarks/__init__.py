"""The figures of the README, each beside a floor measured in the same run."""
