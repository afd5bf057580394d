"""The public conformance kit of DMN: its test cases, run on its models."""
