"""Intake: what customers begin by themselves on the portal, and how they ask about it afterwards."""
