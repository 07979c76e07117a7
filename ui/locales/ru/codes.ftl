# Слова консоли: коды и серии.
console-nav-codes = Коды
console-codes-sub = Что напечатано в товарах и на них
console-series-one = Серия
console-series-all = Серии
console-series-new = Новая серия
console-series-none = Серий пока нет
console-series-none-text = Создайте серию: её коды печатают на товаре или внутри, и продавцы заявляют по ним.
console-series-made = Создана
console-series-ends = Коды действуют до
console-series-kind-typed = Коды для ввода
console-series-kind-typed-text = Случайные коды для внутренней стороны коробок: их сканируют или вводят, знает их только сервер.
console-series-kind-signed = Подписанные коды
console-series-kind-signed-text = Квадратные коды, подлинность которых телефон проверяет без сети; у коробок и паллет — свои.
console-series-kind-serial = Серийные номера
console-series-kind-serial-text = Серийные номера, которые уже есть на товаре рядом с номером товара.
console-series-code = Название серии
console-series-code-hint = Строчные латинские буквы, цифры и дефисы
console-series-make = Создать серию
console-series-making = Коды создаются
console-series-progress = { $made } из { $all }
console-series-halted = Остановлено на { $made } из { $all }. Эти коды есть; остальные можно создать в любое время.
console-series-unfinished = Создано кодов
console-series-resume = Создать остальные
console-series-stopped = Серия аннулирована: её коды ничего не дают.
console-series-wrong-code = От 1 до 40 строчных латинских букв, цифр и дефисов
console-series-wrong-product = Выберите товар
console-series-wrong-pieces = Целое число от 1 до { $most }
console-series-wrong-carton = Целое число, не меньше 2
console-series-wrong-pallet = Целое число коробок, в штуках
console-series-wrong-first = Целое число
console-serial-first = Первый серийный номер
console-carton-holds = Штук в коробке
console-pallet-holds = Штук на паллете
console-level-hint = Оставьте пустым, если её нет
console-levels = Состав
console-level-unit = Штука
console-level-carton = Коробка
console-level-pallet = Паллета
console-level-of = { $level } по { $count }
console-product-choose = Выберите товар
console-pieces = Штуки
console-pieces-bar = Что с ними стало
console-pieces-here = Не отправлено
console-pieces-away = Отправлено, не отсканировано
console-pieces-printed = Напечатано
console-pieces-shipped = Отправлено
console-pieces-scanned = Отсканировано
console-pieces-returned = Вернулось
console-pieces-void = Аннулировано
console-pieces-scanned-of = Отсканировано { $scanned } из { $all }
console-pieces-in =
    { $count ->
        [one] { $count } штука
        [few] { $count } штуки
       *[other] { $count } штук
    }
console-stage-printed = Напечатана
console-stage-shipped = Отправлена
console-stage-void = Аннулирована
console-part-whole = Вся серия
console-part-level = Что именно
console-part-first = С номера
console-part-count = Сколько
console-part-wrong = Номера идут от 1 до { $most }
console-ship = Отправить
console-ship-to = Отправлено в
console-ship-anywhere = Без определённой точки
console-ship-go = Отправить
console-ship-text =
    { $count ->
        [one] { $pieces } штука считается отправленной. До этого заявка ждёт решения человека.
        [few] { $pieces } штуки считаются отправленными. До этого заявка ждёт решения человека.
       *[other] { $pieces } штук считаются отправленными. До этого заявка ждёт решения человека.
    }
console-shipped =
    { $count ->
        [one] Отправлена { $count } штука
        [few] Отправлены { $count } штуки
       *[other] Отправлено { $count } штук
    }
console-stop = Аннулировать
console-stop-one = Один код
console-stop-one-hint = Оставьте пустым для всей серии
console-stop-reason = Почему, для журнала
console-stop-sure = Посмотрите ещё раз
console-stop-text =
    { $count ->
        [one] { $pieces } штука серии { $series } больше ничего не даст. Это необратимо.
        [few] { $pieces } штуки серии { $series } больше ничего не дадут. Это необратимо.
       *[other] { $pieces } штук серии { $series } больше ничего не дадут. Это необратимо.
    }
console-stop-why = Причина: { $reason }
console-stop-type = Введите «{ $series }» для подтверждения
console-stop-go = Аннулировать навсегда
console-stopped = Аннулировано
console-stopped-but =
    { $claimed ->
        [one] Аннулировано; { $claimed } уже заявленная остаётся как есть
        [few] Аннулировано; { $claimed } уже заявленные остаются как есть
       *[other] Аннулировано; { $claimed } уже заявленных остаются как есть
    }
console-sheet = Печать этикеток
console-sheet-go = Получить PDF
console-sheet-columns = Этикеток в ряд
console-sheet-rows = Рядов
console-sheet-most = Не больше { $most }
console-sheet-pages =
    { $count ->
        [one] Этикеток: { $labels } на { $pages } странице
        [few] Этикеток: { $labels } на { $pages } страницах
       *[other] Этикеток: { $labels } на { $pages } страницах
    }
console-sheet-preview = Страница A4: этикеток в ряд { $columns }, рядов { $rows }
console-sheet-done = Этикетки готовы
console-export = Выгрузить
console-export-go = Получить файл
console-export-warning = В файле сами коды: у кого он есть, тот может по ним заявлять. В журнале останется, кто его взял.
console-export-understood = Я храню его надёжно и удалю после печати
console-export-done = Файл готов
console-code-find = Найти код
console-code-hint = Отсканируйте его сканером или введите
console-code-none = Что стало с кодом
console-code-none-text = Его состояние, коробка и паллета, где он лежит, и все, кто его показывал.
console-code-kind-typed = Код для ввода
console-code-kind-place = Место в серии
console-code-kind-logistic = Паллета или короб с номером SSCC
console-code-state-printed = Напечатан
console-code-state-shipped = Отправлен
console-code-state-claimed = Заявлен
console-code-state-void = Аннулирован
console-code-state-canary = Никогда не печатался
console-code-places = Где он
console-place = { $level } { $number }
console-place-returned = уже возвращался
console-claimed-by = Заявил
console-return = Товар вернулся
console-return-go = Принять возврат
console-return-text = Баллы будут сняты, и товар можно снова продать и заявить.
console-return-reason = Почему
console-return-done = Снято: { $points }
console-action-series-make = Серия создана
console-action-series-ship = Серия отправлена
console-action-series-void = Серия аннулирована
console-action-series-void-reason = Причина аннулирования
console-action-series-sheet = Этикетки напечатаны
console-action-series-export = Коды выгружены
console-action-code-void = Код аннулирован
console-command-unit-return = Возврат
