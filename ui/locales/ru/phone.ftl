# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Всё остаётся на телефоне, пока не отправится
