-- A rotating code is checked against the phones of its person.
CREATE INDEX device_participant ON device (programme_id, participant_id) WHERE role = 'phone';
