"""What the weights of the outline are fitted and tried on: gold headings in their text, and damaged copies of it."""
