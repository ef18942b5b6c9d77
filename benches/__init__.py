"""What is measured, and how. ``make bench`` prints ratios taken side by side in one run."""
