"""The VBA of our workbooks (宏): put together by `xlpy build`, without Excel.

Never used when a case is run; what runs then is the vbaProject.bin that is checked in here.
"""
