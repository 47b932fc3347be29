"""The page that checks certificates without network: kept on a phone, the same for everybody."""
