"""The example datasets that a new portal starts with."""

from portal.importing import StarterStep

STEPS = [
    StarterStep("Example dataset", "monitoring.datasets.example.load", later=True),
    StarterStep("Example datasets", "monitoring.datasets.example_data.load", later=True),
]
