"""What the blank forms share (绘制): cells, validations and colours, the words of a target.

Never reads what people typed.
"""
