"""Takes the missing steps of the schema on an open connection. Imported only where some are missing."""

import sqlalchemy as sa
from alembic import command
from alembic.config import Config

from index.database import MIGRATIONS


def take(connection: sa.Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
