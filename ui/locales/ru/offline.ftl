# Words of redeeming without a network: till, phone and console.

# Redeeming at the till without a network
offline-redeem-by-phone = Ваучер или телефон покупателя без сети
offline-redeem-by-code = Считать меняющийся код
offline-redeem-how = Выберите награду. Затем телефон покупателя подтвердит её без сети.
offline-covers-both = Лимит терминала покроет ещё { $left }. Ваучер для этого терминала сверх того покрывает свои баллы.
offline-covers-voucher = Лимит терминала исчерпан. Принять можно только ваучер, выписанный на него.
offline-reward-voucher = Только по ваучеру
offline-question-show = Показать код на { $cost }
offline-question-picture = Код для телефона покупателя
offline-question-step-show = Покупатель считывает этот код телефоном и соглашается.
offline-question-step-scan = Считайте код, который покажет телефон.
offline-answer-scan = Считайте ответ телефона
offline-question-left = Действует ещё { $time }
offline-question-over = Этот код устарел. Покажите новый.
offline-question-why = Ни терминалу, ни телефону для этого не нужна сеть.
offline-question-new = Показать новый код
offline-choose-again = Выбрать награду
offline-with-voucher-text = Ваучер покупателя это покрывает. Проведём при следующей связи.

# The phone: spending at a till without a network
offline-spend-title = Если касса без сети
offline-spend-text = Считайте код с экрана кассы и покажите ответ. Сеть не нужна никому.
offline-answer-open = Считать код кассы
offline-answer-title = Оплата на кассе
offline-answer-help = Кассир покажет код вашей награды. Считайте его здесь.
offline-answer-type = Введите код кассы
offline-answer-offline = Работает без сети.
offline-agree-title = Вы согласны?
offline-agree-where = Где:
offline-till-unknown = Касса, которой этот телефон ещё не знает
offline-agree-voucher = Платит ваш ваучер на { $points }
offline-agree-rest = Остальное ({ $points }) вернётся к вам при следующей связи кассы.
offline-agree-lease = Касса отпустит в счёт лимита; баллы спишутся, когда у неё появится сеть.
offline-agree-check = Соглашайтесь, только если получаете именно это.
offline-agree-go = Согласен, всё верно
offline-agree-not = Нет, назад
offline-show-title = Ваш ответ
offline-answer-picture = Ваш ответ в виде картинки
offline-show-text = Покажите это кассиру
offline-show-voucher = Ваучер теперь использован на эту награду. Та же касса может считать ответ ещё раз.
offline-show-lease = Ответ годится только для этой награды на этой кассе.

# Vouchers on the phone
offline-vouchers-title = Мои ваучеры
offline-vouchers-text = Баллы, отложенные для одной кассы. Там их можно потратить, даже если сети нет ни у кого.
offline-vouchers-none = Открытых ваучеров нет
offline-vouchers-none-text = Создайте его, пока есть сеть, прежде чем ехать туда, где её нет.
offline-vouchers-past = Использованные и вернувшиеся
offline-voucher-new = Отложить баллы
offline-voucher-on-its-way = В пути
offline-voucher-ready = Готов, и без сети
offline-voucher-shown = Использован в ответе
offline-voucher-cancelled = Отменён; баллы вернутся
offline-voucher-returning = Истёк; вернётся
offline-voucher-spent = Потрачен
offline-voucher-returned = Вернулся
offline-voucher-disputed = Проверяется
offline-voucher-for = Только на: { $reward }
offline-voucher-any = На любую награду на этой кассе
offline-voucher-until = Можно использовать до { $when }
offline-voucher-comes-back = Непотраченное вернётся само, как только касса после этого выйдет на связь.
offline-voucher-shown-text = Если касса приняла ответ, он спишется при её следующей связи; если нет, вернётся сам.
offline-voucher-spent-all = Потрачен целиком.
offline-voucher-spent-part = Потрачено { $spent }, вернулось { $back }
offline-voucher-returned-text = Не был использован; баллы снова ваши.
offline-voucher-disputed-text = Он использован не один раз. Доказательство смотрит управляющий.
offline-voucher-till = На какой кассе
offline-voucher-reward = На что
offline-voucher-any-reward = Любая награда
offline-voucher-points = Сколько баллов
offline-voucher-life = На сколько
offline-life-hours =
    { $count ->
        [one] { $count } час
        [few] { $count } часа
       *[other] { $count } часов
    }
offline-life-days =
    { $count ->
        [one] { $count } день
        [few] { $count } дня
       *[other] { $count } дней
    }
offline-voucher-have = У вас { $points } к трате.
offline-voucher-needs-network = Чтобы отложить баллы, сейчас нужна сеть. Чтобы потратить потом – нет.
offline-voucher-make = Отложить
offline-voucher-make-of = Отложить { $points }
offline-voucher-made = Баллы отложены
offline-tills-none = Ни одна касса пока не принимает ваучеры
offline-tills-none-text = Список касс придёт со следующим обменом с сервером.

# The console: what can be lost without a network
console-nav-offline = Без сети
offline-sub = Сколько можно потерять, когда терминалы выдают награды без сети, известно заранее
offline-now = Можно потерять сейчас
offline-now-note =
    { $count ->
        [one] весь { $count } открытый лимит
        [few] { $count } открытых лимита вместе
       *[other] { $count } открытых лимитов вместе
    }
offline-now-both-note = Открытые лимиты и то, что разрешено без обеспечения
offline-free = Свободно в офлайн-бюджете
offline-free-note = Больше этого лимиты вырасти не могут
offline-bound-title = Худший случай
offline-bound-sub = Если каждый терминал возьмёт полный лимит, потеряет сеть и встретит только людей без баллов
offline-bound-terminals =
    { $count ->
        [one] { $count } активный терминал, лимит не больше { $each }
        [few] { $count } активных терминала, лимит каждого не больше { $each }
       *[other] { $count } активных терминалов, лимит каждого не больше { $each }
    }
offline-bound-budget = В лимитах сейчас и свободно в бюджете: больше выдать нельзя
offline-bound-vouchers = Ваучеры: свои баллы участников, списанные заранее
offline-bound-worst = Не больше
offline-bound-by-terminals = Её задают число терминалов и размер лимита. Размер меняется в правилах.
offline-bound-by-budget = Офлайн-бюджет кончается раньше терминалов.
offline-tills-title = По терминалам
offline-tills-empty = Терминалов пока нет
offline-lease-held = Лимит
offline-till-revoked = Отозван
offline-till-none = Без лимита

# The queue
offline-next-try = Новая попытка через { $time }
offline-trying = Пробует сейчас
offline-item-network = Ждёт сети
offline-item-turn = Уйдёт в свою очередь
offline-item-behind = Ждёт за остановленной записью
offline-export = Передать файлом
offline-export-text = Если устройство больше не может отправлять: в файле всё неотправленное, под кодом. Здесь оно тоже остаётся.
offline-exported =
    { $count ->
        [one] В файле: { $count } запись, фото: { $photos }
        [few] В файле: { $count } записи, фото: { $photos }
       *[other] В файле: { $count } записей, фото: { $photos }
    }
offline-export-file = Файл
offline-export-secret = Код, который его открывает
offline-export-once = Запишите его сейчас: он показан один раз и нигде не хранится.

# Leaving a programme on a phone
offline-leave-title = Выйти: { $name }
offline-leave-text = Телефон больше не покажет программу. Баллы останутся вашими; вернуться можно по коду регистрации.
offline-unsent =
    { $count ->
        [one] Ещё не отправлено: { $count } запись, фото: { $photos }
        [few] Ещё не отправлено: { $count } записи, фото: { $photos }
       *[other] Ещё не отправлено: { $count } записей, фото: { $photos }
    }
offline-unsent-oldest = Самое старое: { $when }
offline-send-first = Сначала отправить
offline-leave-keeps = Или выйдите сейчас: неотправленное останется на телефоне и уйдёт, когда вы вернётесь.
offline-leave-keep = Выйти, сохранив неотправленное
offline-leave-go = Выйти из программы
offline-resting-title = Оставлены на этом телефоне
offline-resting-waiting = В ней не всё отправлено
offline-resting-sent = В ней всё отправлено
offline-resume = Вернуться

# A refused answer
offline-scan-again = Считать ещё раз
offline-answer-garbled = Это не полный ответ телефона
offline-answer-garbled-remedy = Считайте ответ телефона ещё раз, не спеша и прямо сверху.
console-signal-voucher-used-twice = Ваучер использован дважды
offline-bound-copied = Скопированный терминал или телефон мог бы использовать ваучер снова. Это видно при первой связи, стоит не больше ваучера, сколько бы раз ни повторялось, и берётся из того же бюджета.
phone-kind-voucher = Отложенные баллы
phone-queue-kind-voucher-request = Отложенные баллы

# The console: vouchers used twice, leases given up
offline-vouchers-aside = Отложено в ваучерах
offline-vouchers-aside-note = Свои баллы участников
offline-till-given-up = Лимит списан
offline-write-off = Списать лимит
offline-write-off-title = Списать лимит: { $name }?
offline-write-off-text = Только если терминал больше не выйдет на связь. За ним { $points }. Всё, что он сообщит позже, будет ждать решения человека, и без сети он больше не выдаёт.
offline-write-off-lost = Считать потерянным
offline-write-off-lost-hint = Пусто: все { $points }; остальное вернётся в бюджет
offline-write-off-range = Целое число от 0 до { $points }
offline-write-off-reason = Почему
offline-written-off = Лимит списан; потеряно: { $points }
offline-twice-title = Ваучеры, использованные дважды
offline-twice-sub = Оба использования подписаны; вместе они доказывают, кто это сделал
offline-proof-of = Ваучер { $voucher } для: { $terminal }
offline-use = Использование { $number }
offline-use-first = Правомерное
offline-use-phone = Телефон подписал снова
offline-use-till = Терминал провёл тот же ответ снова
offline-use-covered = Оплачено ваучером
offline-use-taken = Списано с участника: { $points }
offline-use-owed = Долг участника: { $points }
offline-use-loss = За счёт программы: { $points }
offline-use-texts = Подписанные тексты
offline-use-challenge = Касса спросила
offline-use-answer = Телефон ответил

# When a claim was made
offline-made-between = Сделано между { $from } и { $until }, доказано
offline-made-after = Сделано после { $from }, доказано; конец станет известен при следующей связи

# A code that several programmes take
offline-which-programme = Какая программа?
offline-which-programme-text = Этот код принимают несколько ваших программ. Выберите нужную.
offline-programme-current = Открыта сейчас

# Short words of the console's table
offline-write-off-short = Списать

# Offline rights that shrink with time
offline-lease-shrinks = Без сети с { $when } доступно меньше
offline-lease-why = Сколько можно выдать без сети, уменьшается со временем после последней связи. Один обмен с сервером всё возвращает.

# Points lost under a lease
console-signal-offline-loss = Баллы потеряны без сети
offline-clear = Снять потерю
offline-clear-title = Снять потерю: { $name }?
offline-clear-text = Потеряно: { $points }. Терминал не получит их снова. Снимите потерю, когда узнаете причину.
offline-clear-reason = Что выяснилось
offline-cleared = Снято: терминал может пополнить лимит
offline-bound-cleared = Каждый терминал теряет не больше одного лимита. Потерянное не выдаётся снова, пока руководитель не снимет потерю.
# Скопированные терминалы
console-signal-device-copied = Две копии устройства
offline-covers-frozen = Найдены две копии этого терминала, поэтому его лимит ничего не покрывает. Принять можно только ваучер, выписанный на него.
offline-bound-honest = Терминалы, которых никто не подделывал
offline-bound-copies = Скопированные терминалы сверх того: выданные сейчас ваучеры; каждый новый ваучер добавляет свои баллы
offline-till-frozen = Две копии
offline-fork-title = Две копии: { $name }
offline-fork-sub = Найдено { $when } · { $place } · расходятся с номера { $number }
offline-fork-recorded = Копия, которая пришла первой
offline-fork-beside = Другая копия
offline-fork-counts = Учитывается
offline-fork-counts-not = Без последствий
offline-fork-sums =
    { $count ->
        [one] { $count } запись; сообщает о выдаче { $points }
        [few] { $count } записи; сообщают о выдаче { $points }
        [many] { $count } записей; сообщают о выдаче { $points }
       *[other] { $count } записи; сообщают о выдаче { $points }
    }
offline-fork-head = Последняя: номер { $number }, { $link }…
offline-fork-steps = Что она сообщает
offline-fork-bound = Кто-то скопировал терминал вместе с ключом или вернул его к старой копии. Его лимит заморожен: потерять можно ещё не больше { $points }.
offline-fork-revoke = Выход: отзовите его в разделе устройств, зарегистрируйте терминал заново и затем спишите здесь старый лимит.
offline-fork-write-off = Он отозван. Спишите ниже его лимит и укажите, сколько из него потеряно.
offline-fork-settled = Его права отозваны, лимит списан: потерять через него больше ничего нельзя.
console-key-line = Ключ создан { $when } · ключи сервера { $version }
console-trust-old = Он ещё не знает новейших ключей сервера
# Выдача без обеспечения
offline-allowance-title = Выдача без обеспечения
offline-allowance-sub = Для мест, куда не доходит лимит: каждый терминал может выдать столько, а чего не хватит участникам, потеряно
offline-allowance-text = Каждый активный терминал может выдавать награды без сети до этой суммы, и баллы под это не откладываются. Чего тогда не хватит участникам, покрывает бюджет работы без сети.
offline-allowance-each = Баллов на каждый терминал
offline-allowance-bound =
    { $count ->
        [one] Всё, что можно потерять сверх лимита, при { $count } активном терминале
        [few] Всё, что можно потерять сверх лимитов, при { $count } активных терминалах
        [many] Всё, что можно потерять сверх лимитов, при { $count } активных терминалах
       *[other] Всё, что можно потерять сверх лимитов, при { $count } активного терминала
    }
offline-allowance-new = У терминала, зарегистрированного позже, ничего из этого нет, пока вы не подтвердите новый предел.
offline-allowance-lost = Что терминал потеряет, вычитается из того, что он ещё может потерять, даже если он скопирован. Новое подтверждение снова разрешает всю сумму.
offline-allowance-reason = Почему
offline-allowance-on = Включить: не больше { $points }
offline-allowance-on-none = Включить
offline-allowance-off = Выключить
offline-allowance-open = Включить…
offline-allowance-change = Изменить…
offline-allowance-is-on = Включено: потерять можно не больше { $points }
offline-allowance-is-off = Выключено; что выдано раньше, ещё учитывается
offline-allowance-state-on = Включено
offline-allowance-state-off = Выключено
offline-allowance-now =
    { $count ->
        [one] { $count } терминал, { $each }: не больше { $bound }.
        [few] { $count } терминала по { $each }: не больше { $bound }.
        [many] { $count } терминалов по { $each }: не больше { $bound }.
       *[other] { $count } терминала по { $each }: не больше { $bound }.
    }
offline-allowance-by = Подтверждено: { $who }, { $when }.
offline-allowance-none = Выключено. Без сети выдают только лимиты и ваучеры.
offline-allowance-left = Ещё можно потерять: { $points }.
offline-bound-allowance = Выдача без обеспечения: что терминалы ещё могут потерять
terminal-redeem-allowance-text = Сети нет, и разрешённой суммы терминала хватает. Это будет учтено при следующей связи.
offline-covers-allowance = Без сети этот терминал может выдать ещё { $left }. Ваучер для него сверх того покрывает свои баллы.
# Открытые ваучеры
offline-open-title = Открытые ваучеры
offline-open-sub = Баллы, отложенные участниками; отмените ваучеры потерянного или украденного телефона
offline-open-who = Участник
offline-open-till = Для какого терминала
offline-open-points = Баллы
offline-open-until = До
offline-open-none = Открытых ваучеров нет
offline-open-none-text = Участники откладывают баллы в телефоне.
offline-open-cancel = Отменить его
offline-open-cancelled = Отменён; терминал об этом ещё не знает
offline-cancel-title = Отменить ваучер: { $name }?
offline-cancel-text = { $till } откажет, как только выйдет на связь. Тогда баллы сами вернутся участнику.
offline-cancel-bound = До тех пор его ещё можно использовать: { $points }.
offline-cancel-reason = Почему
offline-cancel-go = Отменить ваучер
offline-cancel-done = Отменён; баллы вернутся, когда терминал выйдет на связь
# Работа прежней регистрации
offline-left-title = Не отправлено при прежней регистрации
offline-left-text = Выберите, что должно считаться. Оно уйдёт как новое, и сервер засчитает его один раз, даже если старое ещё придёт.
offline-left-unreadable =
    { $count ->
        [one] Не читается { $count } прежняя очередь: нет ключа. Папка сохранена.
        [few] Не читаются { $count } прежние очереди: нет ключей. Папки сохранены.
       *[other] Не читаются { $count } прежних очередей: нет ключей. Папки сохранены.
    }
offline-left-issue = Выпустить заново
offline-left-all = Выпустить заново все: { $count }
offline-left-issued = Выпущено заново
offline-left-bound = Выдано или доказано только прежней регистрации: покажите менеджеру
offline-left-foreign = Другого человека или магазина
offline-left-too-often = Выпускалось слишком часто: покажите менеджеру
offline-again-title = Зарегистрировать устройство заново
offline-again-text = По прежней регистрации оно больше ничего не отправит. Неотправленное остаётся здесь; потом вы выберете, что выпустить заново.
offline-again-code = Новый код регистрации
offline-again-go = Зарегистрировать заново
terminal-certificate-ended = Терминал слишком долго был без связи
terminal-certificate-ended-text = Войти нельзя, пока он один раз не подключится. Проданное сохранено и будет отправлено.
console-review-device = Устройство { $device }
console-review-device-of = Устройство { $device }, владелец: { $name }
