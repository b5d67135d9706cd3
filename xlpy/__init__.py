"""Yearly evaluation of SME public service platforms (中小企业公共服务示范平台评价)."""

__version__ = "1.0.0"
