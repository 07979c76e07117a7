# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = Об этом коде решит сервер
reason-server-checks-lesson = Сервер проверит, прошёл ли продавец урок
reason-awaits-review = Сначала посмотрит руководитель
reason-awaits-return-window = Подтвердится, когда пройдёт срок возврата
    .detail = Подтвердится после { $until }, когда пройдёт срок возврата
reason-awaits-photo = Фото ещё отправляется
reason-awaits-sync = Отправится само, когда будет сеть
reason-per-unit = За каждую штуку
    .detail = { $count } × { $each } за штуку
reason-per-amount = За оплаченную сумму
    .detail = { $each } за каждые { $step } из { $amount }
reason-multiplier = Считается больше обычного
    .detail = Умножено на { $factor }
reason-campaign = По акции
    .detail = Акция: { $name }
reason-capped = Достигнут предел
    .detail =
        { $by ->
            [budget] Уменьшено на { $cut }: бюджета хватило только на { $left }
            [liability] Уменьшено на { $cut }: программа могла выдать только { $left }
           *[limit] Уменьшено на { $cut }: предел пропустил только { $left }
        }
reason-no-rule = Ни одно правило не даёт за это баллов
reason-recorded-offline = Записано без сети
reason-lease-covers = В пределах лимита терминала без сети
    .detail = В пределах лимита терминала без сети, осталось { $left }
reason-allowance-covers = В пределах разрешённой терминалу суммы
reason-offline-loss = Разницу берёт на себя программа
reason-attached-to-existing = Добавлено к уже известной продаже
reason-first-accepted-wins = Раньше принята заявка другого участника
reason-adjusted = Исправлено руководителем
    .detail = Исправлено руководителем: { $note }
reason-server-marks-answers = Ответы проверит сервер
reason-server-resolves-member = Сервер определит участника
reason-task = За задание
reason-lesson = За урок
reason-reported-late = Заявка пришла позже чем через три дня после продажи; её посмотрит руководитель
reason-receipt-of-other-outlet = Чек из другой точки; его посмотрит руководитель
reason-above-limit = Баллов больше, чем даёт одна продажа; посмотрит руководитель

# Steps of the arithmetic.
reason-percent = За часть суммы
    .detail = { $share } от { $amount } баллами, один балл стоит { $worth }
reason-fixed = Начислено один раз
    .detail = { $each }, один раз
reason-every = За каждое заполнение счётчика
    .detail = { $each } каждый раз, когда счётчик проходит ещё { $nth }: он вырос с { $before } до { $after }
reason-per-measure = За измеренное значение
    .detail = { $each } за каждые { $step } из { $value }
reason-boost = Умножает то, что учтено отдельно
    .detail = Учтённое отдельно ({ $base }) считается × { $factor }; разница добавлена здесь
reason-level = За рекомендацию
    .detail = { $share } от { $of } за уровень рекомендаций { $level }
reason-part = Доля баллов
    .detail = Доля { $share } от { $of }
reason-staff-part = Доля баллов сотрудников
    .detail =
        { $people ->
            [one] { $of } на { $people } сотрудника; доли: { $own } из { $all }
            [few] { $of } на { $people } сотрудников; доли: { $own } из { $all }
            [many] { $of } на { $people } сотрудников; доли: { $own } из { $all }
           *[other] { $of } на { $people } сотрудника; доли: { $own } из { $all }
        }
reason-discount = Скидка
    .detail = Скидка { $share }, это { $amount }

# Why a rule gave nothing.
reason-not-yet = Ещё не началось
    .detail = Начнётся { $starts }
reason-over = Уже закончилось
    .detail = Закончилось { $ends }
reason-limit-reached = Предел исчерпан
reason-budget-spent = Бюджет исчерпан
reason-liability-reached = Выдано столько баллов, сколько допускает программа
reason-better-rule = Другое правило даёт больше
    .detail = Правило «{ $rule }» даёт больше
reason-no-rate = Для этой валюты не задана стоимость балла
reason-below-step = Меньше одного полного шага
reason-nobody-there = Начислить некому
reason-not-met = Одно из условий не выполнено
reason-not-met-product = Действует для других товаров
    .detail = Не действует для товара «{ $name }»
reason-not-met-brand = Действует для других марок
    .detail = Не действует для марки «{ $found }»
reason-not-met-category = Действует для других категорий
    .detail = Не действует для категории «{ $found }»
reason-not-met-outlet = Действует в других точках
    .detail = Не действует в точке «{ $found }»
reason-not-met-partner = Действует в точках других партнёров
    .detail = Не действует в точках партнёра «{ $found }»
reason-not-met-country = Действует в других странах
    .detail = Не действует в стране «{ $found }»
reason-not-met-city = Действует в других городах
    .detail = Не действует в городе «{ $found }»
reason-not-met-role = Действует для других ролей
    .detail =
        { $found ->
            [seller] Не действует для продавцов
            [cashier] Не действует для кассиров
            [buyer] Не действует для покупателей
            [merchandiser] Не действует для мерчандайзеров
            [owner] Не действует для владельцев магазинов
            [purchaser] Не действует для закупщиков
            [manager] Не действует для руководителей
           *[other] Не действует для роли «{ $found }»
        }
reason-not-met-segment = Действует для других групп людей
    .detail = Не действует для группы «{ $found }»
reason-not-met-evidence = Действует для продаж, о которых сообщают иначе
    .detail =
        { $found ->
            [till] Не действует для продаж, о которых сообщает касса
            [code] Не действует для продаж, заявленных по коду
            [receipt] Не действует для продаж, заявленных по чеку
           *[other] Не действует для продаж, о которых сообщают так: { $found }
        }
reason-not-met-currency = Действует для другой валюты
    .detail = Не действует для валюты { $found }
reason-not-met-weekday = Действует в другие дни недели
    .detail =
        { $found ->
            [1] Не действует по понедельникам
            [2] Не действует по вторникам
            [3] Не действует по средам
            [4] Не действует по четвергам
            [5] Не действует по пятницам
            [6] Не действует по субботам
           *[7] Не действует по воскресеньям
        }
reason-not-met-minute = Действует в другое время суток
    .detail = Не действует в { $time }
reason-not-met-amount = Действует для других сумм за товар
    .detail = Не действует для суммы за товар { $money }
reason-not-met-quantity = Действует для другого количества
    .detail =
        { $pieces ->
            [one] Не действует для { $count } штуки
            [few] Не действует для { $count } штук
            [many] Не действует для { $count } штук
           *[other] Не действует для { $count } штуки
        }
reason-not-met-basket = Действует для других итоговых сумм
    .detail = Не действует для итоговой суммы { $money }
reason-not-met-value = Действует для других измеренных значений
    .detail = Не действует для значения { $found }
reason-not-met-tally = Накопленное до этого не подходит
    .detail = До этого накоплено { $found }, и это не подходит
reason-not-met-lesson = Зависит от урока
    .detail =
        { $found ->
            [true] Действует для тех, кто не прошёл урок
           *[false] Сначала нужно пройти урок
        }
reason-not-met-tier = Действует для другого уровня
    .detail = Не действует для уровня «{ $found }»
reason-not-met-referred = Зависит от того, кого рекомендовали
    .detail =
        { $found ->
            [true] Действует для тех, кого никто не рекомендовал
           *[false] Действует для тех, кого кто-то рекомендовал
        }

# What an award waits for, and what became of it.
reason-server-checks-person = Сервер проверит роль и группу человека
reason-server-checks-outlet = Сервер проверит точку
reason-server-checks-tally = Сервер проверит, что накоплено раньше
reason-server-checks-tier = Сервер проверит уровень человека
reason-server-checks-referral = Сервер проверит, кто кого рекомендовал
reason-server-checks-limit = Сервер проверит, сколько осталось до предела
reason-server-checks-budget = Сервер проверит, сколько осталось в бюджете
reason-server-checks-liability = Сервер проверит, сколько баллов выдано и не потрачено
reason-server-checks-staff = Сервер проверит, кто владеет точкой и кто в ней работает
reason-awaits-payment = Подтвердится, когда счёт будет оплачен
    .detail = Подтвердится, когда счёт { $invoice } будет оплачен полностью, если это произойдёт до { $until }
reason-awaits-next-month = Подтвердится в следующем месяце
    .detail = Подтвердится { $until }
reason-awaits-till = Подтвердится, когда о продаже сообщит касса
    .detail = Подтвердится, когда о продаже сообщит касса, если это произойдёт до { $until }
reason-awaits-code = Для баллов нужен код из коробки
reason-till-named-another = Касса назвала другого продавца
reason-above-sell-in = Заявлено больше, чем поступило в точку; посмотрит руководитель
    .detail =
        { $claimed ->
            [one] Заявлена { $claimed } штука, а в точку поступило только { $shipped }; посмотрит руководитель
            [few] Заявлено { $claimed } штуки, а в точку поступило только { $shipped }; посмотрит руководитель
            [many] Заявлено { $claimed } штук, а в точку поступило только { $shipped }; посмотрит руководитель
           *[other] Заявлено { $claimed } штуки, а в точку поступило только { $shipped }; посмотрит руководитель
        }
reason-not-employed-there = В точке не знают этого человека; посмотрит руководитель
reason-paid-back = Часть удержана за прежний возврат
    .detail = Удержано за прежний возврат: { $points }
reason-lapsed = Баллы сгорели: то, чего они ждали, не случилось вовремя
reason-expired = Срок действия баллов истёк
reason-server-finds-sale = Сервер ищет эту продажу
reason-returned = Товар вернули
reason-receipt-cancelled = Чек отменён
reason-paid-late = Счёт оплачен после срока; баллы сгорели
reason-awaits-sale = Продажа по этому счёту ещё не записана
reason-invoice-of-other-sale = Этот номер счёта относится к другой продаже
reason-currency-mismatch = Счёт выставлен не в валюте продажи

# The headings of an award’s arithmetic.
why-line = Позиция { $number }
why-event = За всё вместе
why-total = Итого
why-price-list = Прайс-лист
why-award =
    { $number ->
        [one] { $who }: { $number } балл
        [few] { $who }: { $number } балла
        [many] { $who }: { $number } баллов
       *[other] { $who }: { $number } балла
    }
why-nothing = Никто не получает баллов
why-not-rules = Правила, которые ничего не дали
why-notes = Кроме того

# Who earns something by their part in an event.
who-buyer = Покупатель
who-seller = Продавец
who-actor = Кто записал
who-owner = Владелец магазина
who-shop = Общий счёт магазина
who-staff = Сотрудник
who-referrer = Кто рекомендовал
# Коды серий и чеки, о которых спрашивают налоговую службу.
reason-code-not-shipped = Код ещё не отмечен как отправленный; его посмотрит руководитель
reason-code-of-other-outlet = Код относится к другой точке; его посмотрит руководитель
reason-awaits-verification = Чек проверяется
    .detail =
        { $why ->
            [queue] Чек ждёт своей очереди в налоговой службе
            [pending] Налоговая служба ищет чек; следующий запрос { $next }
            [not_yet] У налоговой службы ещё нет чека; следующий запрос { $next }
            [quota] Пока запрошено достаточно чеков; этот — следующий, { $next }
            [unreachable] Налоговая служба недоступна; следующий запрос { $next }
           *[other] Налоговая служба проверяет чек
        }
reason-receipt-unanswered = Налоговая служба не отвечает; чек посмотрит руководитель
reason-receipt-verified = Налоговая служба знает этот чек
reason-cashier-differs = В чеке назван другой кассир
reason-product-not-on-receipt = В чеке не узнан ни один товар программы; его посмотрит руководитель
reason-many-wrong-codes = Незадолго до этого прислали много неверных кодов; посмотрит руководитель
    .detail =
        { $codes ->
            [one] { $codes } неверный код за час
            [few] { $codes } неверных кода за час
           *[other] { $codes } неверных кодов за час
        }
reason-canary-code = Прислан код, который никогда не печатали
    .detail = Код { $code } серии { $series } никогда не печатали: его нет ни на одной этикетке, значит, его угадали или взяли из списка
reason-photo-alike = Фото похоже на прежнее; их сравнит руководитель
    .detail = Фото похоже на другое, { $at }; их сравнит руководитель
reason-many-reports = За час прислано больше, чем можно успеть
    .detail = Отчётов за час: { $reports }
reason-far-apart = Два отчёта пришли из мест, между которыми нельзя успеть доехать
    .detail = Расстояние { $km } км, промежуток { $minutes } мин
reason-clock-moved = Часы устройства показывают невозможное время
    .detail = Часы расходились с возможным временем на { $minutes } мин
reason-device-copied = Найдены две копии устройства
    .detail = Расходятся с номера { $seq }: учитывается только история, которая пришла первой
reason-voucher-covers = Покрыто ваучером участника
reason-voucher-used-twice = Ваучер использован дважды; доказательство сохранено
    .detail =
        { $by ->
            [phone] Телефон подписал дважды: платит участник; программа несёт { $points }
           *[till] Терминал провёл один ответ дважды: программа несёт { $points }
        }
