"""The pages for readers are run: what they tell people to write and to type does what they say."""
