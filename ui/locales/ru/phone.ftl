# Words of the phone screens.
phone-title = Carrot
phone-kept-here = Всё остаётся в телефоне, пока не отправлено
phone-terminal-title = Это устройство — касса
phone-terminal-text = Его экраны — на странице терминала. Зарегистрируйте телефон, чтобы видеть здесь баллы и визиты.

phone-tab-home = Главная
phone-tab-today = Сегодня
phone-tab-code = Мой код
phone-tab-activity = История
phone-tab-scan = Скан
phone-tab-shop = Награды
phone-tab-me = Я

phone-strip-stuck = Отправка остановилась. Ничего не потеряно: посмотрите, что делать
phone-strip-offline-waiting =
    { $count ->
        [one] { $count } запись ждёт сети; ничего не потеряно
        [few] { $count } записи ждут сети; ничего не потеряно
       *[other] { $count } записей ждут сети; ничего не потеряно
    }
phone-strip-sending =
    { $count ->
        [one] { $count } запись отправляется
        [few] { $count } записи отправляются
       *[other] { $count } записей отправляются
    }
phone-strip-never = Связи с сервером ещё не было
phone-strip-offline = Нет сети. Данные на { $time }; можно работать дальше

phone-standing-sending = Сохранено здесь
phone-standing-pending = Ожидает
phone-standing-review = На проверке
phone-standing-attached = Добавлено
phone-standing-confirmed = Подтверждено
phone-standing-refused = Отклонено
phone-standing-reversed = Отменено

phone-kind-sale = Продажа
phone-kind-claim = Заявленная продажа
phone-kind-visit = Визит
phone-kind-quiz = Урок
phone-kind-redeem = Награда
phone-kind-opening = Начальный остаток
phone-kind-event = Измеренное событие
phone-kind-referral = Рекомендация
phone-kind-quiet = С возвращением
phone-kind-anniversary = Годовщина
phone-kind-other = Запись

phone-reason-other = Об этом решит программа
phone-reason-refused-by-reviewer = Руководитель отклонил: { $reason }
phone-reason-code-of-other-outlet = Код другой точки; сначала посмотрит руководитель
phone-reason-answers-wrong =
    { $right ->
        [one] Верен { $right } ответ; нужны все
        [few] Верны { $right } ответа; нужны все
       *[other] Верных ответов: { $right }; нужны все
    }

phone-error-awaits-review = Записано; решение примет руководитель
    .remedy = Больше ничего не нужно: запись стоит в очереди на вашей странице.
phone-error-line-unknown = Этой записи здесь нет
    .remedy = Поищите её в истории после следующей связи с сервером.
phone-error-lesson-unknown = Этого урока больше нет
    .remedy = Вернитесь назад: акция могла закончиться.
phone-error-stop-unknown = Этой точки больше нет на маршруте
    .remedy = Вернитесь к списку точек.
phone-error-stop-done = Этот визит уже закрыт
    .remedy = Вернитесь к списку и возьмите следующую точку.
phone-error-task-unknown = Задания для этой точки здесь ещё нет
    .remedy = Подключитесь к сети один раз, чтобы его получить.
phone-error-bad-enrolment-code = Это не код регистрации
    .remedy = Скопируйте весь код из консоли или отсканируйте его.
phone-error-already-enrolled = Телефон уже в этой программе
    .remedy = Переключитесь на неё вверху первого экрана.
phone-error-storage-failed = Телефон не смог это записать
    .remedy = Освободите место и повторите. Записанное раньше в сохранности.
phone-error-protocol-error = Ответ сервера непонятен
    .remedy = Обновите приложение или сообщите поддержке код ниже.
phone-error-server-error = На сервере неполадка
    .remedy = Повторите позже. Всё, что ждёт отправки, сохранено.
phone-error-device-in-use = Данные телефона открыты в другом окне
    .remedy = Закройте то окно и повторите.
phone-error-keyring-unavailable = Хранилище ключей системы не отвечает
    .remedy = Разблокируйте его и запустите приложение снова. Неотправленное сохранено.
phone-error-outbox-unreadable = Список неотправленного не читается
    .remedy = Ничего не меняйте и сообщите поддержке код ниже. Файл не тронут.

phone-device-name = Телефон
phone-enrol-title = Вступить в программу
phone-enrol-text = Код даст руководитель или оператор программы. Он действует один раз.
phone-enrol-another = Вступить в другую программу
phone-enrol-another-text = В телефоне может быть несколько программ. У каждой свой код и свои баллы.
phone-enrol-code = Код регистрации
phone-enrol-hint = Вставьте текст целиком
phone-enrol-go = Вступить
phone-from-photo = Из фото
phone-camera-off = Выключить камеру
phone-camera-again = Включить камеру ещё раз
phone-camera-picture = Изображение с камеры
phone-camera-starting = Камера включается
phone-camera-aim = Держите код внутри рамки

phone-switch = Программа и точка
phone-makers = Программы
phone-outlets = Где вы сейчас работаете

phone-balance = Можно потратить
phone-of = из { $count }
phone-progress = { $done } из { $all }
phone-none-pending = Ничего не ожидает
phone-today = Сегодня { $points }
phone-wish-reached = Можно получить уже сейчас
phone-wish-when-counted = Ваша, как только засчитают ожидающие
phone-wish-missing = Осталось: { $points }
phone-wish-choose = Выберите, на что копите
phone-scan-sale = Скан продажи
phone-recent = Недавнее
phone-all-activity = Вся история
phone-recent-none = Пока ничего
phone-recent-none-text = Отсканируйте код проданного товара: баллы видны сразу, даже без сети.
phone-activity-none-text = Здесь будет всё, что вы заработали и потратили.
phone-buyer-none-text = Покажите код на кассе: здесь появятся ваши баллы.

phone-campaign = Акция
phone-campaign-from = × { $factor } с { $date }
phone-campaign-until = × { $factor } до { $date }
phone-campaign-time = { $from } – { $until }
phone-campaign-together = Продано вместе
phone-campaign-each = { $points } за штуку, в акции × { $factor }
phone-campaign-lesson-first = Её откроет короткий урок
phone-campaign-open = Для вас она действует
phone-campaign-open-lesson = Урок пройден: акция для вас действует
phone-campaign-over = Эта акция закончилась
phone-lesson = Урок
phone-lesson-start = Начать урок
phone-lesson-again = Перечитать урок
phone-lesson-worth =
    { $count ->
        [one] { $count } вопрос, { $points }
        [few] { $count } вопроса, { $points }
       *[other] { $count } вопросов, { $points }
    }
phone-question = Вопрос { $number } из { $count }
phone-quiz-open =
    { $count ->
        [one] { $count } вопрос без ответа
        [few] { $count } вопроса без ответа
       *[other] { $count } вопросов без ответа
    }
phone-quiz-submit = Отправить ответы
phone-quiz-passed = Всё верно: урок пройден
phone-quiz-waits = Ответы сохранены
phone-quiz-wrong = Не все ответы верны
phone-quiz-passed-before = Этот урок вы уже прошли

phone-scan-title = Сканирование
phone-scan-type = Введите код
phone-scan-claim = Заявить
phone-scan-help = Код — на гарантийном талоне, в коробке или на чеке.
phone-scan-next = Следующий скан
phone-what-sold = Что продано?
phone-receipt-of = Чек на { $amount }. Выберите проданный товар.
phone-code-without-product = Из кода не видно, какой это товар. Выберите его.
phone-perhaps-used-title = Уже использован?
phone-perhaps-used = Похоже, этот код уже использован. Если вы уверены в обратном, отправьте его: решит сервер.
phone-send-used = Всё равно отправить
phone-scan-another = Сканировать другой код
phone-product-search = Название или номер
phone-product-recent = недавно выбирали
phone-product-unsure = Не знаю точно: пусть выяснит сервер
phone-product-none = Такого товара нет
phone-product-none-text = Введите меньше букв или номер под штрихкодом.

phone-result-title = Ваша заявка
phone-result-sending = Она сохранена в телефоне и отправится сама.
phone-result-pending = Она на сервере, но пока не засчитана.
phone-result-review = Она на сервере; её смотрит руководитель.
phone-result-attached = Эта продажа уже известна. Ваше подтверждение добавлено.
phone-result-confirmed = Баллы ваши.
phone-result-refused = За это баллов нет.
phone-result-reversed = Баллы сняты.
phone-why = Почему
phone-counted = Как посчитано

phone-filter-all = Все
phone-filter-waits = Ожидают
phone-filter-refused = Отклонены
phone-filter-none = Такого нет
phone-line-confirmed = Она есть на сервере
phone-line-here = Пока она только в этом телефоне

phone-shop-how = Покажите код на кассе, и кассир выдаст награду.
phone-show-code = Показать мой код
phone-shop-none = Наград пока нет
phone-shop-none-text = Они появятся при следующей связи с сервером.
phone-within-reach = Можно получить сейчас
phone-price-and-cash = { $points } + { $money }
phone-reward-goods = Товар
phone-reward-voucher = Ваучер
phone-reward-topup = Пополнение
phone-reward-experience = Впечатление
phone-reward-partpay = Частичная оплата
phone-reward-at-till = На кассе
phone-reward-left =
    { $count ->
        [one] осталась { $count } штука
        [few] осталось { $count } штуки
       *[other] осталось { $count } штук
    }
phone-reward-gone = Нет в наличии
phone-reward-reach = Баллов хватает
phone-reward-missing = Осталось: { $points }
phone-wish-set = Копить на это
phone-wish-mine = Вы копите на это

phone-role-seller = Продавец
phone-role-cashier = Кассир
phone-role-merchandiser = Мерчандайзер
phone-role-buyer = Участник
phone-role-owner = Владелец
phone-me-programme = Программа
phone-me-server = Сервер
phone-me-version = Версия
phone-me-last-sync = Последняя связь { $time }
phone-sync-now = Отправить и получить
phone-sync-done = Всё обновлено
phone-sync-sent =
    { $count ->
        [one] Отправлено: { $count }
        [few] Отправлено: { $count }
       *[other] Отправлено: { $count }
    }
phone-queue-empty = Всё отправлено
phone-queue-queued = Сохранено здесь; отправится само, когда будет сеть
phone-queue-sending = Отправляется
phone-queue-blocked = Отправка остановилась; запись сохранена
phone-queue-parked = Сервер хранит это до решения руководителя
phone-queue-accepted = Отправлено и принято
phone-queue-adjusted = Принято; сервер определил баллы
phone-queue-kind-claim-submit = Заявка
phone-queue-kind-visit-record = Визит
phone-queue-kind-quiz-submit = Ответы на урок
phone-queue-kind-goal-set = Желание
phone-queue-kind-referral-accept = Рекомендация
phone-queue-kind-event-record = Измеренное событие
phone-queue-kind-reward-redeem = Награда
phone-queue-kind-sale-record = Продажа
phone-queue-kind-sale-void = Отменённая продажа
phone-uploads-title = Фото в пути
phone-upload-sent = Отправлено { $sent } из { $size }
phone-upload-next = Отправится следующим
phone-upload-command = Уйдёт после своего отчёта
phone-upload-metered = Ждёт Wi-Fi: отправка { $size } сейчас потратит мобильный трафик
phone-upload-battery-low = Ждёт зарядки: батарея разряжена
phone-upload-now = Всё равно отправить

phone-visits-here = Готово здесь
phone-visits-uploaded = Отправлено
phone-of-stops =
    { $count ->
        [one] из { $count } точки
        [few] из { $count } точек
       *[other] из { $count } точек
    }
phone-visits-waiting = Остальное ждёт сети
phone-visits-all-sent = Ничего не ждёт
phone-visits-points = { $points } — ожидают
phone-stops-none = Точек нет
phone-stops-none-text = Маршрут появится при следующей связи с сервером.
phone-stop-gone = Этой точки больше нет на маршруте
phone-day-today = Сегодня, { $date }
phone-day-tomorrow = Завтра, { $date }
phone-stop-open = Впереди
phone-stop-started = Идёт
phone-stop-waiting = Готово, ещё не отправлено
phone-stop-review = На проверке
phone-stop-approved = Принято
phone-stop-refused = Отклонено
phone-stop-offline = Там нет сети
phone-visit = Визит
phone-visit-of = Точка { $number } из { $count }
phone-visit-since = На месте с { $time }
phone-visit-offline = Сети здесь не ждут. Всё сохранится в телефоне и отправится позже.
phone-visit-check-in = Я на месте
phone-visit-close = Закрыть визит
phone-visit-complete = Всё сделано
phone-visit-needs-photo = Не хватает фото
phone-visit-needs-answers =
    { $count ->
        [one] { $count } пункт без ответа
        [few] { $count } пункта без ответа
       *[other] { $count } пунктов без ответа
    }
phone-check-fix = Можете исправить сейчас?
phone-visit-note = Замечание
phone-visit-photo = Фото полки
phone-visit-photo-needed = Нужно до закрытия
phone-visit-photo-free = Если есть что показать
phone-photo-choose = Выбрать фото
phone-photo-number = Фото { $number }
phone-photo-gone = Отправлено; в телефоне его больше нет
phone-photo-remove = Убрать: { $title }
phone-visit-found = В порядке: { $right } из { $count }
phone-visit-kept = Сохранено в телефоне; отправится само, когда будет сеть
phone-visit-next = Дальше: { $name }

phone-code-picture = Ваш код картинкой
phone-code-show = Покажите это на кассе
phone-code-changes =
    { $count ->
        [one] Сменится через { $count } секунду; работает без сети
        [few] Сменится через { $count } секунды; работает без сети
       *[other] Сменится через { $count } секунд; работает без сети
    }
# Как далеко прошла заявка
phone-steps = Как далеко прошла заявка
phone-step-of = Шаг { $number } из { $count }
phone-stage-queued = Сохранено здесь
phone-stage-sent = Отправлено
phone-stage-checking = Проверяется
phone-stage-approved = Одобрено
phone-stage-rejected = Отказано
phone-stage-credited = Можно тратить
phone-stage-paid = Потрачено

# Несколько кодов на одном снимке
phone-several =
    { $count ->
        [one] { $count } код на снимке
        [few] { $count } кода на снимке
       *[other] { $count } кодов на снимке
    }
phone-several-text = Отметьте те, что вы продали. Каждый код заявляется отдельно.
phone-several-code = Код из коробки
phone-several-receipt = Чек на { $amount }
phone-several-claim =
    { $count ->
        [one] Заявить { $count } код
        [few] Заявить { $count } кода
       *[other] Заявить { $count } кодов
    }
phone-several-other = Другой снимок

# Полка
phone-shelf = Товары на полке
phone-shelf-text = По фото полки считаются все коды товаров, которые на нём читаются.
phone-shelf-next = Ещё одно фото прибавится к счёту. Поправьте число там, где фото что-то пропустило.
phone-shelf-take = Снять полку
phone-shelf-choose = Посчитать по фото
phone-shelf-share = Наша доля: { $share }
phone-shelf-own = Наш товар
phone-shelf-other = Другой товар
phone-shelf-less = На один меньше: { $name }
phone-shelf-more = На один больше: { $name }
phone-error-no-product-code-found = На снимке не нашлось кода товара
    .remedy = Снимите ближе и прямо спереди, чтобы штрихи были резкими.
phone-error-shelf-full = На этой полке слишком много разных товаров
    .remedy = Уберите из списка товары, которые считать не нужно.

# Чек на фото и что означает один код
phone-receipt-title = Фото чека
phone-receipt-none = Нет квадратного кода? Отправьте фото
phone-receipt-text = Весь чек, ровно и резко. Его посмотрит руководитель.
phone-receipt-picture = Ваше фото чека
phone-receipt-take = Снять чек
phone-receipt-choose = Выбрать фото
phone-receipt-product = Что продано?
phone-receipt-other-product = Другой товар
phone-receipt-number = Номер чека
phone-receipt-day = Дата чека
phone-receipt-total = Сумма
phone-receipt-free = Если читается
phone-receipt-send = Отправить фото
phone-receipt-earlier = Открыть мои прежние заявки
phone-covers-title = Что он означает
phone-covers-unit = Одна штука { $number }
phone-covers-carton = Коробка { $number }
phone-covers-pallet = Паллета { $number }
phone-covers-other = { $level } { $number }
phone-covers-logistic = Паллета или короб с номером SSCC
phone-covers-waybill = Накладная { $number }
phone-covers-unknown = Сервер знает, что внутри, и посчитает.
phone-covers-rest = То, что из неё уже заявлено, не считается.
phone-covers-claim-all = Заявить целиком
phone-covers-pieces =
    { $count ->
        [one] { $pieces } штука
        [few] { $pieces } штуки
       *[other] { $pieces } штук
    }
phone-covers-claim =
    { $count ->
        [one] Заявить { $pieces } штуку
        [few] Заявить { $pieces } штуки
       *[other] Заявить { $pieces } штук
    }
