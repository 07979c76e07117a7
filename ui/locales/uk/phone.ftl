# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Усе лишається на телефоні, доки не надішлеться
