# Why an amount is what it is, and why it still waits. `.detail` is shown when its numbers are known.
reason-server-decides-code = Про цей код вирішить сервер
reason-server-checks-lesson = Сервер перевірить, чи пройшов продавець урок
reason-awaits-review = Спершу подивиться керівник
reason-awaits-return-window = Підтвердиться, коли мине строк повернення
    .detail = Підтвердиться після { $until }, коли мине строк повернення
reason-awaits-photo = Фото ще надсилається
reason-awaits-sync = Надішлеться саме, коли буде мережа
reason-per-unit = За кожну штуку
    .detail = { $count } × { $each } за штуку
reason-per-amount = За сплачену суму
    .detail = { $each } за кожні { $step } з { $amount }
reason-multiplier = Рахується більше, ніж зазвичай
    .detail = Помножено на { $factor }
reason-campaign = За акцією
    .detail = Акція: { $name }
reason-capped = Досягнуто межі
    .detail =
        { $by ->
            [budget] Зменшено на { $cut }: бюджету вистачило тільки на { $left }
            [liability] Зменшено на { $cut }: програма могла видати тільки { $left }
           *[limit] Зменшено на { $cut }: межа пропустила тільки { $left }
        }
reason-no-rule = Жодне правило не дає за це балів
reason-recorded-offline = Записано без мережі
reason-lease-covers = У межах ліміту термінала без мережі
    .detail = У межах ліміту термінала без мережі, лишилося { $left }
reason-allowance-covers = У межах дозволеної терміналу суми
reason-offline-loss = Різницю бере на себе програма
reason-attached-to-existing = Додано до вже відомого продажу
reason-first-accepted-wins = Раніше прийнято заявку іншого учасника
reason-adjusted = Виправлено керівником
    .detail = Виправлено керівником: { $note }
reason-server-marks-answers = Відповіді перевірить сервер
reason-server-resolves-member = Сервер визначить учасника
reason-task = За завдання
reason-lesson = За урок
reason-reported-late = Заявка надійшла пізніше ніж через три дні після продажу; її перегляне керівник
reason-receipt-of-other-outlet = Чек з іншої точки; його перегляне керівник
reason-above-limit = Балів більше, ніж дає один продаж; перегляне керівник

# Steps of the arithmetic.
reason-percent = За частину суми
    .detail = { $share } від { $amount } балами, один бал вартий { $worth }
reason-fixed = Нараховано один раз
    .detail = { $each }, один раз
reason-every = За кожне заповнення лічильника
    .detail = { $each } щоразу, коли лічильник проходить ще { $nth }: він зріс із { $before } до { $after }
reason-per-measure = За виміряне значення
    .detail = { $each } за кожні { $step } з { $value }
reason-boost = Множить те, що враховано окремо
    .detail = Враховане окремо ({ $base }) рахується × { $factor }; різницю додано тут
reason-level = За рекомендацію
    .detail = { $share } від { $of } за рівень рекомендацій { $level }
reason-part = Частка балів
    .detail = Частка { $share } від { $of }
reason-staff-part = Частка балів працівників
    .detail =
        { $people ->
            [one] { $of } на { $people } працівника; частки: { $own } із { $all }
            [few] { $of } на { $people } працівників; частки: { $own } із { $all }
            [many] { $of } на { $people } працівників; частки: { $own } із { $all }
           *[other] { $of } на { $people } працівника; частки: { $own } із { $all }
        }
reason-discount = Знижка
    .detail = Знижка { $share }, це { $amount }

# Why a rule gave nothing.
reason-not-yet = Ще не почалося
    .detail = Почнеться { $starts }
reason-over = Уже закінчилося
    .detail = Закінчилося { $ends }
reason-limit-reached = Межу вичерпано
reason-budget-spent = Бюджет вичерпано
reason-liability-reached = Видано стільки балів, скільки дозволяє програма
reason-better-rule = Інше правило дає більше
    .detail = Правило «{ $rule }» дає більше
reason-no-rate = Для цієї валюти не задано вартість бала
reason-below-step = Менше ніж один повний крок
reason-nobody-there = Нарахувати нікому
reason-not-met = Одну з умов не виконано
reason-not-met-product = Діє для інших товарів
    .detail = Не діє для товару «{ $name }»
reason-not-met-brand = Діє для інших марок
    .detail = Не діє для марки «{ $found }»
reason-not-met-category = Діє для інших категорій
    .detail = Не діє для категорії «{ $found }»
reason-not-met-outlet = Діє в інших точках
    .detail = Не діє в точці «{ $found }»
reason-not-met-partner = Діє в точках інших партнерів
    .detail = Не діє в точках партнера «{ $found }»
reason-not-met-country = Діє в інших країнах
    .detail = Не діє в країні «{ $found }»
reason-not-met-city = Діє в інших містах
    .detail = Не діє в місті «{ $found }»
reason-not-met-role = Діє для інших ролей
    .detail =
        { $found ->
            [seller] Не діє для продавців
            [cashier] Не діє для касирів
            [buyer] Не діє для покупців
            [merchandiser] Не діє для мерчандайзерів
            [owner] Не діє для власників магазинів
            [purchaser] Не діє для закупівельників
            [manager] Не діє для керівників
           *[other] Не діє для ролі «{ $found }»
        }
reason-not-met-segment = Діє для інших груп людей
    .detail = Не діє для групи «{ $found }»
reason-not-met-evidence = Діє для продажів, про які повідомляють інакше
    .detail =
        { $found ->
            [till] Не діє для продажів, про які повідомляє каса
            [code] Не діє для продажів, заявлених за кодом
            [receipt] Не діє для продажів, заявлених за чеком
           *[other] Не діє для продажів, про які повідомляють так: { $found }
        }
reason-not-met-currency = Діє для іншої валюти
    .detail = Не діє для валюти { $found }
reason-not-met-weekday = Діє в інші дні тижня
    .detail =
        { $found ->
            [1] Не діє щопонеділка
            [2] Не діє щовівторка
            [3] Не діє щосереди
            [4] Не діє щочетверга
            [5] Не діє щоп’ятниці
            [6] Не діє щосуботи
           *[7] Не діє щонеділі
        }
reason-not-met-minute = Діє в інший час доби
    .detail = Не діє о { $time }
reason-not-met-amount = Діє для інших сум за товар
    .detail = Не діє для суми за товар { $money }
reason-not-met-quantity = Діє для іншої кількості
    .detail =
        { $pieces ->
            [one] Не діє для { $count } штуки
            [few] Не діє для { $count } штук
            [many] Не діє для { $count } штук
           *[other] Не діє для { $count } штуки
        }
reason-not-met-basket = Діє для інших підсумків
    .detail = Не діє для підсумку { $money }
reason-not-met-value = Діє для інших виміряних значень
    .detail = Не діє для значення { $found }
reason-not-met-tally = Накопичене досі не підходить
    .detail = Досі накопичено { $found }, і це не підходить
reason-not-met-lesson = Залежить від уроку
    .detail =
        { $found ->
            [true] Діє для тих, хто не пройшов урок
           *[false] Спершу треба пройти урок
        }
reason-not-met-tier = Діє для іншого рівня
    .detail = Не діє для рівня «{ $found }»
reason-not-met-referred = Залежить від того, кого рекомендували
    .detail =
        { $found ->
            [true] Діє для тих, кого ніхто не рекомендував
           *[false] Діє для тих, кого хтось рекомендував
        }

# What an award waits for, and what became of it.
reason-server-checks-person = Сервер перевірить роль і групу людини
reason-server-checks-outlet = Сервер перевірить точку
reason-server-checks-tally = Сервер перевірить, що накопичено раніше
reason-server-checks-tier = Сервер перевірить рівень людини
reason-server-checks-referral = Сервер перевірить, хто кого рекомендував
reason-server-checks-limit = Сервер перевірить, скільки лишилося до межі
reason-server-checks-budget = Сервер перевірить, скільки лишилося в бюджеті
reason-server-checks-liability = Сервер перевірить, скільки балів видано й не витрачено
reason-server-checks-staff = Сервер перевірить, хто володіє точкою і хто в ній працює
reason-awaits-payment = Підтвердиться, коли рахунок буде сплачено
    .detail = Підтвердиться, коли рахунок { $invoice } буде сплачено повністю, якщо це станеться до { $until }
reason-awaits-next-month = Підтвердиться наступного місяця
    .detail = Підтвердиться { $until }
reason-awaits-till = Підтвердиться, коли про продаж повідомить каса
    .detail = Підтвердиться, коли про продаж повідомить каса, якщо це станеться до { $until }
reason-awaits-code = Для балів потрібен код із коробки
reason-till-named-another = Каса назвала іншого продавця
reason-above-sell-in = Заявлено більше, ніж надійшло до точки; перегляне керівник
    .detail =
        { $claimed ->
            [one] Заявлено { $claimed } штуку, а до точки надійшло лише { $shipped }; перегляне керівник
            [few] Заявлено { $claimed } штуки, а до точки надійшло лише { $shipped }; перегляне керівник
            [many] Заявлено { $claimed } штук, а до точки надійшло лише { $shipped }; перегляне керівник
           *[other] Заявлено { $claimed } штуки, а до точки надійшло лише { $shipped }; перегляне керівник
        }
reason-not-employed-there = У точці не знають цієї людини; перегляне керівник
reason-paid-back = Частину утримано за попереднє повернення
    .detail = Утримано за попереднє повернення: { $points }
reason-lapsed = Бали згоріли: те, на що вони чекали, не сталося вчасно
reason-expired = Строк дії балів минув
reason-server-finds-sale = Сервер шукає цей продаж
reason-returned = Товар повернули
reason-receipt-cancelled = Чек скасовано
reason-paid-late = Рахунок сплачено після строку; бали згоріли
reason-awaits-sale = Продаж за цим рахунком іще не записано
reason-invoice-of-other-sale = Цей номер рахунку належить до іншого продажу
reason-currency-mismatch = Рахунок виставлено не у валюті продажу

# The headings of an award’s arithmetic.
why-line = Позиція { $number }
why-event = За все разом
why-total = Разом
why-price-list = Прайс-лист
why-award =
    { $number ->
        [one] { $who }: { $number } бал
        [few] { $who }: { $number } бали
        [many] { $who }: { $number } балів
       *[other] { $who }: { $number } бала
    }
why-nothing = Ніхто не отримує балів
why-not-rules = Правила, які нічого не дали
why-notes = Крім того

# Who earns something by their part in an event.
who-buyer = Покупець
who-seller = Продавець
who-actor = Хто записав
who-owner = Власник магазину
who-shop = Спільний рахунок магазину
who-staff = Працівник
who-referrer = Хто рекомендував
# Коди серій і чеки, про які запитують податкову службу.
reason-code-not-shipped = Код ще не позначено як відправлений; його перегляне керівник
reason-code-of-other-outlet = Код належить до іншої точки; його перегляне керівник
reason-awaits-verification = Чек перевіряється
    .detail =
        { $why ->
            [queue] Чек чекає своєї черги в податковій службі
            [pending] Податкова служба шукає чек; наступний запит { $next }
            [not_yet] У податкової служби ще немає чека; наступний запит { $next }
            [quota] Поки що запитано досить чеків; цей наступний, { $next }
            [unreachable] Податкова служба недоступна; наступний запит { $next }
           *[other] Податкова служба перевіряє чек
        }
reason-receipt-unanswered = Податкова служба не відповідає; чек перегляне керівник
reason-receipt-verified = Податкова служба знає цей чек
reason-cashier-differs = У чеку зазначено іншого касира
reason-product-not-on-receipt = У чеку не впізнано жодного товару програми; його перегляне керівник
reason-many-wrong-codes = Незадовго до цього надіслали багато неправильних кодів; перегляне керівник
    .detail =
        { $codes ->
            [one] { $codes } неправильний код за годину
            [few] { $codes } неправильні коди за годину
           *[other] { $codes } неправильних кодів за годину
        }
reason-canary-code = Надіслано код, якого ніколи не друкували
    .detail = Код { $code } серії { $series } ніколи не друкували: його немає на жодній етикетці, отже, його вгадали або взяли зі списку
reason-photo-alike = Фото схоже на попереднє; їх порівняє керівник
    .detail = Фото схоже на інше, { $at }; їх порівняє керівник
reason-many-reports = За годину надіслано більше, ніж можна встигнути
    .detail = Звітів за годину: { $reports }
reason-far-apart = Два звіти надійшли з місць, між якими не встигнути доїхати
    .detail = Відстань { $km } км, проміжок { $minutes } хв
reason-clock-moved = Годинник пристрою показує неможливий час
    .detail = Годинник розходився з можливим часом на { $minutes } хв
reason-device-copied = Знайдено дві копії пристрою
    .detail = Розходяться з номера { $seq }: враховується лише історія, яка надійшла першою
reason-voucher-covers = Покрито ваучером учасника
reason-voucher-used-twice = Ваучер використано двічі; доказ збережено
    .detail =
        { $by ->
            [phone] Телефон підписав двічі: платить учасник; програма несе { $points }
           *[till] Термінал провів одну відповідь двічі: програма несе { $points }
        }
