from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "利用者と相談"

    def ready(self):
        # Models may be imported only when every app is loaded.
        from cases.actions.handover import open_work
        from centers.work import register

        register(open_work)
