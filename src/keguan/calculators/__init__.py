"""Algorithms named after what they compute: plain values in, plain values out."""
