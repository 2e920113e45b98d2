"""Repair of GBK text that was decoded one byte out of step, and the forward model that proves it."""

from planparse.cleaning.garble.forward import Damage, Shown, shift_garble
from planparse.cleaning.garble.repair import repair_garble

__all__ = ["Damage", "Shown", "repair_garble", "shift_garble"]
