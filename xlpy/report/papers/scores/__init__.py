"""What the panel gave (专家评分), as printed: totals by expert, and the averages of the areas."""
