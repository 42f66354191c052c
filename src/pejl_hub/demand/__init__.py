"""What companies ask for and whom the hub reaches, on pages; counted by ``pejl.demand``."""
