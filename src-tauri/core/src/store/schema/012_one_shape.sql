-- Offers are records like room types and the branding; the JSON of earlier versions is rewritten beside this step.
-- What fields held before was remembered in the old shape. Without it a late event may be told once.
UPDATE thing SET past = '{}';
