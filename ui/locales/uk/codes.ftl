# Слова консолі: коди й серії.
console-nav-codes = Коди
console-codes-sub = Що надруковано в товарах і на них
console-series-one = Серія
console-series-all = Серії
console-series-new = Нова серія
console-series-none = Серій поки немає
console-series-none-text = Створіть серію: її коди друкують на товарі або всередині, і продавці заявляють за ними.
console-series-made = Створено
console-series-ends = Коди діють до
console-series-kind-typed = Коди для введення
console-series-kind-typed-text = Випадкові коди для внутрішнього боку коробок: їх сканують або вводять, знає їх лише сервер.
console-series-kind-signed = Підписані коди
console-series-kind-signed-text = Квадратні коди, справжність яких телефон перевіряє без мережі; у коробок і палет — свої.
console-series-kind-serial = Серійні номери
console-series-kind-serial-text = Серійні номери, які вже є на товарі поруч із номером товару.
console-series-code = Назва серії
console-series-code-hint = Малі латинські літери, цифри й дефіси
console-series-make = Створити серію
console-series-making = Коди створюються
console-series-progress = { $made } із { $all }
console-series-halted = Зупинено на { $made } із { $all }. Ці коди є; решту можна створити будь-коли.
console-series-unfinished = Створено кодів
console-series-resume = Створити решту
console-series-stopped = Серію анульовано: її коди нічого не дають.
console-series-wrong-code = Від 1 до 40 малих латинських літер, цифр і дефісів
console-series-wrong-product = Виберіть товар
console-series-wrong-pieces = Ціле число від 1 до { $most }
console-series-wrong-carton = Ціле число, не менше 2
console-series-wrong-pallet = Ціле число коробок, у штуках
console-series-wrong-first = Ціле число
console-serial-first = Перший серійний номер
console-carton-holds = Штук у коробці
console-pallet-holds = Штук на палеті
console-level-hint = Залиште порожнім, якщо її немає
console-levels = Склад
console-level-unit = Штука
console-level-carton = Коробка
console-level-pallet = Палета
console-level-of = { $level } по { $count }
console-product-choose = Виберіть товар
console-pieces = Штуки
console-pieces-bar = Що з ними сталося
console-pieces-here = Не відправлено
console-pieces-away = Відправлено, не відскановано
console-pieces-printed = Надруковано
console-pieces-shipped = Відправлено
console-pieces-scanned = Відскановано
console-pieces-returned = Повернулося
console-pieces-void = Анульовано
console-pieces-scanned-of = Відскановано { $scanned } із { $all }
console-pieces-in =
    { $count ->
        [one] { $count } штука
        [few] { $count } штуки
       *[other] { $count } штук
    }
console-stage-printed = Надрукована
console-stage-shipped = Відправлена
console-stage-void = Анульована
console-part-whole = Уся серія
console-part-level = Що саме
console-part-first = Від номера
console-part-count = Скільки
console-part-wrong = Номери йдуть від 1 до { $most }
console-ship = Відправити
console-ship-to = Відправлено до
console-ship-anywhere = Без певної точки
console-ship-go = Відправити
console-ship-text =
    { $count ->
        [one] { $pieces } штука вважається відправленою. До того заявка чекає на рішення людини.
        [few] { $pieces } штуки вважаються відправленими. До того заявка чекає на рішення людини.
       *[other] { $pieces } штук вважаються відправленими. До того заявка чекає на рішення людини.
    }
console-shipped =
    { $count ->
        [one] Відправлено { $count } штуку
        [few] Відправлено { $count } штуки
       *[other] Відправлено { $count } штук
    }
console-stop = Анулювати
console-stop-one = Один код
console-stop-one-hint = Залиште порожнім для всієї серії
console-stop-reason = Чому, для журналу
console-stop-sure = Погляньте ще раз
console-stop-text =
    { $count ->
        [one] { $pieces } штука серії { $series } більше нічого не дасть. Це незворотно.
        [few] { $pieces } штуки серії { $series } більше нічого не дадуть. Це незворотно.
       *[other] { $pieces } штук серії { $series } більше нічого не дадуть. Це незворотно.
    }
console-stop-why = Причина: { $reason }
console-stop-type = Введіть «{ $series }» для підтвердження
console-stop-go = Анулювати назавжди
console-stopped = Анульовано
console-stopped-but =
    { $claimed ->
        [one] Анульовано; { $claimed } уже заявлена лишається як є
        [few] Анульовано; { $claimed } уже заявлені лишаються як є
       *[other] Анульовано; { $claimed } уже заявлених лишаються як є
    }
console-sheet = Друк етикеток
console-sheet-go = Отримати PDF
console-sheet-columns = Етикеток у ряд
console-sheet-rows = Рядів
console-sheet-most = Не більше { $most }
console-sheet-pages =
    { $count ->
        [one] Етикеток: { $labels } на { $pages } сторінці
        [few] Етикеток: { $labels } на { $pages } сторінках
       *[other] Етикеток: { $labels } на { $pages } сторінках
    }
console-sheet-preview = Сторінка A4: етикеток у ряд { $columns }, рядів { $rows }
console-sheet-done = Етикетки готові
console-export = Вивантажити
console-export-go = Отримати файл
console-export-warning = У файлі самі коди: хто його має, той може за ними заявляти. У журналі лишиться, хто його взяв.
console-export-understood = Я зберігаю його надійно й видалю після друку
console-export-done = Файл готовий
console-code-find = Знайти код
console-code-hint = Відскануйте його сканером або введіть
console-code-none = Що сталося з кодом
console-code-none-text = Його стан, коробка й палета, де він лежить, і всі, хто його показував.
console-code-kind-typed = Код для введення
console-code-kind-place = Місце в серії
console-code-kind-logistic = Палета або короб із номером SSCC
console-code-state-printed = Надрукований
console-code-state-shipped = Відправлений
console-code-state-claimed = Заявлений
console-code-state-void = Анульований
console-code-state-canary = Ніколи не друкувався
console-code-places = Де він
console-place = { $level } { $number }
console-place-returned = уже повертався
console-claimed-by = Заявив
console-return = Товар повернувся
console-return-go = Прийняти повернення
console-return-text = Бали буде знято, і товар можна знову продати й заявити.
console-return-reason = Чому
console-return-done = Знято: { $points }
console-action-series-make = Серію створено
console-action-series-ship = Серію відправлено
console-action-series-void = Серію анульовано
console-action-series-void-reason = Причина анулювання
console-action-series-sheet = Етикетки надруковано
console-action-series-export = Коди вивантажено
console-action-code-void = Код анульовано
console-command-unit-return = Повернення
