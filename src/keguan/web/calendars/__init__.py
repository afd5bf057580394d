"""The calendar: a year at a glance, single days, weekly hours, a year's notice."""
