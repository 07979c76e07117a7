# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Ваучер або телефон покупця без мережі
offline-redeem-by-code = Зчитати змінний код
offline-redeem-how = Виберіть винагороду. Потім телефон покупця підтвердить її без мережі.
offline-covers-both = Ліміт термінала покриє ще { $left }. Ваучер для цього термінала понад те покриває власні бали.
offline-covers-voucher = Ліміт термінала вичерпано. Прийняти можна лише ваучер, виписаний на нього.
offline-reward-voucher = Лише за ваучером
offline-question-show = Показати код на { $cost }
offline-question-picture = Код для телефону покупця
offline-question-step-show = Покупець зчитує цей код телефоном і погоджується.
offline-question-step-scan = Зчитайте код, який покаже телефон.
offline-answer-scan = Зчитайте відповідь телефону
offline-question-left = Дійсний ще { $time }
offline-question-over = Цей код застарів. Покажіть новий.
offline-question-why = Ні терміналу, ні телефону для цього не потрібна мережа.
offline-question-new = Показати новий код
offline-choose-again = Вибрати винагороду
offline-with-voucher-text = Ваучер покупця це покриває. Проведемо за наступного зв’язку.

# The phone: spending at a till without a network
offline-spend-title = Якщо каса без мережі
offline-spend-text = Зчитайте код з екрана каси й покажіть відповідь. Мережа не потрібна нікому.
offline-answer-open = Зчитати код каси
offline-answer-title = Оплата на касі
offline-answer-help = Касир покаже код вашої винагороди. Зчитайте його тут.
offline-answer-type = Введіть код каси
offline-answer-offline = Працює без мережі.
offline-agree-title = Ви згодні?
offline-agree-where = Де:
offline-till-unknown = Каса, якої цей телефон ще не знає
offline-agree-voucher = Платить ваш ваучер на { $points }
offline-agree-rest = Решта ({ $points }) повернеться до вас за наступного зв’язку каси.
offline-agree-lease = Каса відпустить у рахунок ліміту; бали спишуться, коли в неї з’явиться мережа.
offline-agree-check = Погоджуйтеся, лише якщо отримуєте саме це.
offline-agree-go = Так, усе правильно
offline-agree-not = Ні, назад
offline-show-title = Ваша відповідь
offline-answer-picture = Ваша відповідь як зображення
offline-show-text = Покажіть це касирові
offline-show-voucher = Ваучер тепер використано на цю винагороду. Та сама каса може зчитати відповідь ще раз.
offline-show-lease = Відповідь дійсна лише для цієї винагороди на цій касі.

# Vouchers on the phone
offline-vouchers-title = Мої ваучери
offline-vouchers-text = Бали, відкладені для однієї каси. Там їх можна витратити, навіть якщо мережі нема ні в кого.
offline-vouchers-none = Відкритих ваучерів немає
offline-vouchers-none-text = Створіть його, поки є мережа, перш ніж їхати туди, де її немає.
offline-vouchers-past = Використані й повернені
offline-voucher-new = Відкласти бали
offline-voucher-on-its-way = У дорозі
offline-voucher-ready = Готовий, і без мережі
offline-voucher-shown = Використано у відповіді
offline-voucher-cancelled = Скасовано; бали повернуться
offline-voucher-returning = Минув; повернеться
offline-voucher-spent = Витрачено
offline-voucher-returned = Повернено
offline-voucher-disputed = Перевіряється
offline-voucher-for = Лише на: { $reward }
offline-voucher-any = На будь-яку винагороду на цій касі
offline-voucher-until = Можна використати до { $when }
offline-voucher-comes-back = Невитрачене повернеться само, щойно каса після цього вийде на зв’язок.
offline-voucher-shown-text = Якщо каса прийняла відповідь, його спишуть за її наступного зв’язку; якщо ні, повернеться сам.
offline-voucher-spent-all = Витрачено повністю.
offline-voucher-spent-part = Витрачено { $spent }, повернулося { $back }
offline-voucher-returned-text = Його не використали; бали знову ваші.
offline-voucher-disputed-text = Його використано не один раз. Доказ переглядає керівник.
offline-voucher-till = На якій касі
offline-voucher-reward = На що
offline-voucher-any-reward = Будь-яка винагорода
offline-voucher-points = Скільки балів
offline-voucher-life = На скільки
offline-life-hours =
    { $count ->
        [one] { $count } година
        [few] { $count } години
       *[other] { $count } годин
    }
offline-life-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дні
       *[other] { $count } днів
    }
offline-voucher-have = У вас { $points } до витрати.
offline-voucher-needs-network = Щоб відкласти бали, зараз потрібна мережа. Щоб витратити потім – ні.
offline-voucher-make = Відкласти
offline-voucher-make-of = Відкласти { $points }
offline-voucher-made = Бали відкладено
offline-tills-none = Жодна каса поки не приймає ваучерів
offline-tills-none-text = Список кас надійде з наступним обміном із сервером.

# The console: what can be lost without a network
console-nav-offline = Без мережі
offline-sub = Скільки можна втратити, коли термінали видають винагороди без мережі, відомо наперед
offline-now = Можна втратити зараз
offline-now-note =
    { $count ->
        [one] увесь { $count } відкритий ліміт
        [few] { $count } відкриті ліміти разом
       *[other] { $count } відкритих лімітів разом
    }
offline-now-both-note = Відкриті ліміти і те, що дозволено без забезпечення
offline-free = Вільно в офлайн-бюджеті
offline-free-note = Більше за це ліміти вирости не можуть
offline-bound-title = Найгірший випадок
offline-bound-sub = Якщо кожен термінал візьме повний ліміт, втратить мережу й зустріне лише людей без балів
offline-bound-terminals =
    { $count ->
        [one] { $count } активний термінал, ліміт не більше { $each }
        [few] { $count } активні термінали, ліміт кожного не більше { $each }
       *[other] { $count } активних терміналів, ліміт кожного не більше { $each }
    }
offline-bound-budget = У лімітах зараз і вільно в бюджеті: більше видати не можна
offline-bound-vouchers = Ваучери: власні бали учасників, списані наперед
offline-bound-worst = Не більше
offline-bound-by-terminals = Її визначають кількість терміналів і розмір ліміту. Розмір змінюється в правилах.
offline-bound-by-budget = Офлайн-бюджет закінчується раніше за термінали.
offline-tills-title = За терміналами
offline-tills-empty = Терміналів поки немає
offline-lease-held = Ліміт
offline-till-revoked = Відкликано
offline-till-none = Без ліміту

# The queue
offline-next-try = Нова спроба через { $time }
offline-trying = Пробує зараз
offline-item-network = Чекає на мережу
offline-item-turn = Піде у свою чергу
offline-item-behind = Чекає за зупиненим записом
offline-export = Передати файлом
offline-export-text = Якщо пристрій більше не може надсилати: у файлі все ненадіслане, під кодом. Тут воно теж лишається.
offline-exported =
    { $count ->
        [one] У файлі: { $count } запис, фото: { $photos }
        [few] У файлі: { $count } записи, фото: { $photos }
       *[other] У файлі: { $count } записів, фото: { $photos }
    }
offline-export-file = Файл
offline-export-secret = Код, який його відкриває
offline-export-once = Запишіть його зараз: його показано один раз і ніде не збережено.

# Leaving a programme on a phone
offline-leave-title = Вийти: { $name }
offline-leave-text = Телефон більше не показуватиме програму. Бали лишаться вашими; повернутися можна за кодом реєстрації.
offline-unsent =
    { $count ->
        [one] Ще не надіслано: { $count } запис, фото: { $photos }
        [few] Ще не надіслано: { $count } записи, фото: { $photos }
       *[other] Ще не надіслано: { $count } записів, фото: { $photos }
    }
offline-unsent-oldest = Найстаріше: { $when }
offline-send-first = Спершу надіслати
offline-leave-keeps = Або вийдіть зараз: ненадіслане лишиться на телефоні й піде, коли ви повернетеся.
offline-leave-keep = Вийти, зберігши ненадіслане
offline-leave-go = Вийти з програми
offline-resting-title = Залишені на цьому телефоні
offline-resting-waiting = У ній не все надіслано
offline-resting-sent = У ній усе надіслано
offline-resume = Повернутися

# A refused answer
offline-scan-again = Зчитати ще раз
offline-answer-garbled = Це не повна відповідь телефону
offline-answer-garbled-remedy = Зчитайте відповідь телефону ще раз, повільно й прямо згори.
console-signal-voucher-used-twice = Ваучер використано двічі
offline-bound-copied = Скопійований термінал або телефон міг би використати ваучер знову. Це видно за першого зв’язку, коштує не більше ваучера, скільки б разів не повторювалось, і береться з того самого бюджету.
phone-kind-voucher = Відкладені бали
phone-queue-kind-voucher-request = Відкладені бали

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Відкладено у ваучерах
offline-vouchers-aside-note = Власні бали учасників
offline-till-given-up = Ліміт списано
offline-write-off = Списати ліміт
offline-write-off-title = Списати ліміт: { $name }?
offline-write-off-text = Лише якщо термінал більше не вийде на зв’язок. За ним { $points }. Усе, що він повідомить пізніше, чекатиме рішення людини, і без мережі він більше не видає.
offline-write-off-lost = Вважати втраченим
offline-write-off-lost-hint = Порожньо: усі { $points }; решта повернеться до бюджету
offline-write-off-range = Ціле число від 0 до { $points }
offline-write-off-reason = Чому
offline-written-off = Ліміт списано; втрачено: { $points }
offline-twice-title = Ваучери, використані двічі
offline-twice-sub = Обидва використання підписані; разом вони доводять, хто це зробив
offline-proof-of = Ваучер { $voucher } для: { $terminal }
offline-use = Використання { $number }
offline-use-first = Правомірне
offline-use-phone = Телефон підписав знову
offline-use-till = Термінал провів ту саму відповідь знову
offline-use-covered = Оплачено ваучером
offline-use-taken = Списано з учасника: { $points }
offline-use-owed = Борг учасника: { $points }
offline-use-loss = За рахунок програми: { $points }
offline-use-texts = Підписані тексти
offline-use-challenge = Каса запитала
offline-use-answer = Телефон відповів

# When a claim was made
offline-made-between = Зроблено між { $from } і { $until }, доведено
offline-made-after = Зроблено після { $from }, доведено; кінець стане відомим за наступного зв’язку

# A code that several programmes take
offline-which-programme = Яка програма?
offline-which-programme-text = Цей код приймають кілька ваших програм. Виберіть потрібну.
offline-programme-current = Відкрита зараз

# Short words of the console's table
offline-write-off-short = Списати

# Offline rights that shrink with time
offline-lease-shrinks = Без мережі від { $when } доступно менше
offline-lease-why = Скільки можна видати без мережі, зменшується з часом після останнього зв’язку. Один обмін із сервером усе повертає.

# Points lost under a lease
console-signal-offline-loss = Бали втрачено без мережі
offline-clear = Зняти втрату
offline-clear-title = Зняти втрату: { $name }?
offline-clear-text = Втрачено: { $points }. Термінал не отримає їх знову. Зніміть втрату, коли дізнаєтеся причину.
offline-clear-reason = Що з’ясовано
offline-cleared = Знято: термінал може поповнити ліміт
offline-bound-cleared = Кожен термінал втрачає не більше одного ліміту. Втрачене не видається знову, доки керівник не зніме втрату.
# Скопійовані термінали
console-signal-device-copied = Дві копії пристрою
offline-covers-frozen = Знайдено дві копії цього термінала, тому його ліміт нічого не покриває. Прийняти можна лише ваучер, виписаний на нього.
offline-bound-honest = Термінали, яких ніхто не підробляв
offline-bound-copies = Скопійовані термінали понад те: видані зараз ваучери; кожен новий ваучер додає свої бали
offline-till-frozen = Дві копії
offline-fork-title = Дві копії: { $name }
offline-fork-sub = Знайдено { $when } · { $place } · розходяться з номера { $number }
offline-fork-recorded = Копія, яка надійшла першою
offline-fork-beside = Інша копія
offline-fork-counts = Враховується
offline-fork-counts-not = Без наслідків
offline-fork-sums =
    { $count ->
        [one] { $count } запис; повідомляє про видачу { $points }
        [few] { $count } записи; повідомляють про видачу { $points }
        [many] { $count } записів; повідомляють про видачу { $points }
       *[other] { $count } запису; повідомляють про видачу { $points }
    }
offline-fork-head = Останній: номер { $number }, { $link }…
offline-fork-steps = Що вона повідомляє
offline-fork-bound = Хтось скопіював термінал разом із ключем або повернув його до старої копії. Його ліміт заморожено: втратити можна ще щонайбільше { $points }.
offline-fork-revoke = Вихід: відкличте його в розділі пристроїв, зареєструйте термінал наново і потім спишіть тут старий ліміт.
offline-fork-write-off = Його відкликано. Спишіть нижче його ліміт і вкажіть, скільки з нього втрачено.
offline-fork-settled = Його права відкликано, ліміт списано: втратити через нього більше нічого не можна.
console-key-line = Ключ створено { $when } · ключі сервера { $version }
console-trust-old = Він ще не знає найновіших ключів сервера
# Видача без забезпечення
offline-allowance-title = Видача без забезпечення
offline-allowance-sub = Для місць, куди не доходить ліміт: кожен термінал може видати стільки, а чого бракуватиме учасникам, втрачено
offline-allowance-text = Кожен активний термінал може видавати винагороди без мережі до цієї суми, і бали під це не відкладаються. Чого тоді бракуватиме учасникам, покриває бюджет роботи без мережі.
offline-allowance-each = Балів на кожен термінал
offline-allowance-bound =
    { $count ->
        [one] Усе, що можна втратити понад ліміт, за { $count } активного термінала
        [few] Усе, що можна втратити понад ліміти, за { $count } активних терміналів
        [many] Усе, що можна втратити понад ліміти, за { $count } активних терміналів
       *[other] Усе, що можна втратити понад ліміти, за { $count } активного термінала
    }
offline-allowance-new = Термінал, зареєстрований пізніше, не має нічого з цього, доки ви не підтвердите нову межу.
offline-allowance-lost = Що термінал втратить, віднімається від того, що він ще може втратити, навіть якщо його скопійовано. Нове підтвердження знову дозволяє всю суму.
offline-allowance-reason = Чому
offline-allowance-on = Увімкнути: щонайбільше { $points }
offline-allowance-on-none = Увімкнути
offline-allowance-off = Вимкнути
offline-allowance-open = Увімкнути…
offline-allowance-change = Змінити…
offline-allowance-is-on = Увімкнено: втратити можна щонайбільше { $points }
offline-allowance-is-off = Вимкнено; що видано раніше, ще враховується
offline-allowance-state-on = Увімкнено
offline-allowance-state-off = Вимкнено
offline-allowance-now =
    { $count ->
        [one] { $count } термінал, { $each }: щонайбільше { $bound }.
        [few] { $count } термінали по { $each }: щонайбільше { $bound }.
        [many] { $count } терміналів по { $each }: щонайбільше { $bound }.
       *[other] { $count } термінала по { $each }: щонайбільше { $bound }.
    }
offline-allowance-by = Підтверджено: { $who }, { $when }.
offline-allowance-none = Вимкнено. Без мережі видають лише ліміти та ваучери.
offline-allowance-left = Ще можна втратити: { $points }.
offline-bound-allowance = Видача без забезпечення: що термінали ще можуть втратити
terminal-redeem-allowance-text = Мережі немає, і дозволеної суми термінала вистачає. Це буде враховано за наступного зв’язку.
offline-covers-allowance = Без мережі цей термінал може видати ще { $left }. Ваучер для нього понад те покриває свої бали.
# Відкриті ваучери
offline-open-title = Відкриті ваучери
offline-open-sub = Бали, відкладені учасниками; скасуйте ваучери загубленого або вкраденого телефону
offline-open-who = Учасник
offline-open-till = Для якого термінала
offline-open-points = Бали
offline-open-until = До
offline-open-none = Відкритих ваучерів немає
offline-open-none-text = Учасники відкладають бали в телефоні.
offline-open-cancel = Скасувати його
offline-open-cancelled = Скасовано; термінал про це ще не знає
offline-cancel-title = Скасувати ваучер: { $name }?
offline-cancel-text = { $till } відмовить, щойно вийде на зв’язок. Тоді бали самі повернуться учаснику.
offline-cancel-bound = Доти його ще можна використати: { $points }.
offline-cancel-reason = Чому
offline-cancel-go = Скасувати ваучер
offline-cancel-done = Скасовано; бали повернуться, коли термінал вийде на зв’язок
# Робота попередньої реєстрації
offline-left-title = Не надіслано за попередньої реєстрації
offline-left-text = Виберіть, що має рахуватися. Воно піде як нове, і сервер зарахує його один раз, навіть якщо старе ще надійде.
offline-left-unreadable =
    { $count ->
        [one] Не читається { $count } попередня черга: немає ключа. Теку збережено.
        [few] Не читаються { $count } попередні черги: немає ключів. Теки збережено.
       *[other] Не читаються { $count } попередніх черг: немає ключів. Теки збережено.
    }
offline-left-issue = Випустити заново
offline-left-all = Випустити заново все: { $count }
offline-left-issued = Випущено заново
offline-left-bound = Видане чи доведене лише попередній реєстрації: покажіть менеджеру
offline-left-foreign = Іншої людини чи магазину
offline-left-too-often = Випускалося занадто часто: покажіть менеджеру
offline-again-title = Зареєструвати пристрій заново
offline-again-text = За попередньою реєстрацією він більше нічого не надішле. Ненадіслане лишається тут; потім ви виберете, що випустити заново.
offline-again-code = Новий код реєстрації
offline-again-go = Зареєструвати заново
terminal-certificate-ended = Термінал надто довго був без зв’язку
terminal-certificate-ended-text = Увійти не можна, доки він один раз не підключиться. Продане збережено й буде надіслано.
console-review-device = Пристрій { $device }
console-review-device-of = Пристрій { $device }, власник: { $name }
