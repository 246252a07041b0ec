"""PxWebApi 2: datasets for the programs that read statistics offices' tables."""
