# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Alt bliver på telefonen, til det er sendt
