"""slipcast: who promised which delivery by when, what is it waiting for, and when will it really arrive?"""
