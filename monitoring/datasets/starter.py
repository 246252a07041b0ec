"""The example dataset that a new portal starts with."""

from portal.importing import StarterStep

STEPS = [StarterStep("Example dataset", "monitoring.datasets.example.load", later=True)]
