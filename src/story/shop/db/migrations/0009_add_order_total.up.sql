SET lock_timeout = '3s';
ALTER TABLE orders ADD COLUMN total numeric(12, 2);
