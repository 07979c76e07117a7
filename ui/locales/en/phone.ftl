# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Everything stays on this phone until it is sent
