"""The frame of every staff page: who looks, menu, dates, clause links, refusals said kindly."""
