"""What statisticians do with releases of datasets in /cms/."""
