-- What a device may bring in a day is limited.
CREATE INDEX blob_device ON blob (programme_id, device_id, received_ms);
