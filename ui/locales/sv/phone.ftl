# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Allt finns kvar på telefonen tills det skickats
