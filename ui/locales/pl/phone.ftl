# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Wszystko zostaje w telefonie, aż zostanie wysłane
