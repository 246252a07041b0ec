"""Datasets: cubes of values by area, time and further dimensions, released by two people."""
