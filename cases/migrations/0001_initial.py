import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.manager
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models

from centers.operations import AtOnce


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('centers', '0001_initial'),
        ('centers', '__first__'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [AtOnce([
        migrations.CreateModel(
            name='AnonymousThread',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, verbose_name='番号')),
                ('handle', models.CharField(max_length=60, verbose_name='呼び名')),
                ('sex', models.CharField(choices=[('male', '男'), ('female', '女'), ('other', 'その他'), ('unknown', '不明・回答しない')], default='unknown', max_length=7, verbose_name='性別')),
                ('age_band', models.CharField(choices=[('0-17', '18歳未満'), ('18-39', '18〜39歳'), ('40-64', '40〜64歳'), ('65+', '65歳以上'), ('unknown', '不明')], default='unknown', max_length=7, verbose_name='年代')),
                ('opened_on', models.DateField(verbose_name='受付日')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('opened_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='BreakGlass',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('opened_on', models.DateField(verbose_name='受付日')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='きっかけ')),
                ('priority', models.CharField(choices=[('high', '高'), ('normal', '中'), ('low', '低')], default='normal', max_length=6, verbose_name='優先度')),
                ('state', models.CharField(choices=[('received', '受付'), ('active', '支援中'), ('handover', '引き継ぎ中'), ('watch', '見守り'), ('closed', '終結')], default='received', max_length=8, verbose_name='状態')),
                ('restricted', models.BooleanField(default=False, verbose_name='閲覧を限る')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='終結日')),
                ('closed_reason', models.CharField(blank=True, max_length=200, verbose_name='終結の理由')),
                ('last_contact_on', models.DateField(editable=False, null=True, verbose_name='最後の相談')),
                ('last_contact_method', models.CharField(blank=True, editable=False, max_length=4)),
                ('next_due_on', models.DateField(editable=False, null=True, verbose_name='次の予定')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('responsible', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.staffmember', verbose_name='担当')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CaseMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='members', to='cases.case')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CaseMemberEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('case', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.casemember')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Client',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('number', models.CharField(max_length=20, verbose_name='利用者番号')),
                ('family_name', models.CharField(blank=True, max_length=60, verbose_name='姓')),
                ('given_name', models.CharField(blank=True, max_length=60, verbose_name='名')),
                ('family_kana', models.CharField(max_length=60, verbose_name='セイ')),
                ('given_kana', models.CharField(blank=True, max_length=60, verbose_name='メイ')),
                ('name_key', models.CharField(editable=False, max_length=130)),
                ('kana_key', models.CharField(editable=False, max_length=130)),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                ('birth_precision', models.CharField(choices=[('day', '日まで'), ('month', '月まで'), ('year', '年まで')], default='day', max_length=5)),
                ('sex', models.CharField(choices=[('male', '男'), ('female', '女'), ('other', 'その他'), ('unknown', '不明・回答しない')], default='unknown', max_length=7, verbose_name='性別')),
                ('postal_code', models.CharField(blank=True, max_length=7, verbose_name='郵便番号')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='住所')),
                ('town', models.CharField(blank=True, max_length=60, verbose_name='町名')),
                ('school_district', models.CharField(blank=True, max_length=30, verbose_name='校区')),
                ('recipient_number', models.CharField(blank=True, max_length=10, verbose_name='受給者証番号')),
                ('support_level', models.CharField(blank=True, max_length=4, verbose_name='障害支援区分')),
                ('support_level_until', models.DateField(blank=True, null=True, verbose_name='支援区分の期限')),
                ('contact_note', models.CharField(blank=True, max_length=200, verbose_name='連絡・配慮の注意')),
                ('registered_on', models.DateField(verbose_name='登録日')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.client', verbose_name='前のセンターでの利用者')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('ward', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.ward', verbose_name='区')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='CaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('opened_on', models.DateField(verbose_name='受付日')),
                ('reason', models.CharField(blank=True, max_length=200, verbose_name='きっかけ')),
                ('priority', models.CharField(choices=[('high', '高'), ('normal', '中'), ('low', '低')], default='normal', max_length=6, verbose_name='優先度')),
                ('state', models.CharField(choices=[('received', '受付'), ('active', '支援中'), ('handover', '引き継ぎ中'), ('watch', '見守り'), ('closed', '終結')], default='received', max_length=8, verbose_name='状態')),
                ('restricted', models.BooleanField(default=False, verbose_name='閲覧を限る')),
                ('closed_on', models.DateField(blank=True, null=True, verbose_name='終結日')),
                ('closed_reason', models.CharField(blank=True, max_length=200, verbose_name='終結の理由')),
                ('last_contact_on', models.DateField(editable=False, null=True, verbose_name='最後の相談')),
                ('last_contact_method', models.CharField(blank=True, editable=False, max_length=4)),
                ('next_due_on', models.DateField(editable=False, null=True, verbose_name='次の予定')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.case')),
                ('responsible', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.staffmember', verbose_name='担当')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client', verbose_name='利用者')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='case',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.client', verbose_name='利用者'),
        ),
        migrations.CreateModel(
            name='BreakGlassEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.breakglass')),
                ('user', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='breakglass',
            name='client',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.client'),
        ),
        migrations.CreateModel(
            name='AnonymousThreadEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('number', models.CharField(max_length=20, verbose_name='番号')),
                ('handle', models.CharField(max_length=60, verbose_name='呼び名')),
                ('sex', models.CharField(choices=[('male', '男'), ('female', '女'), ('other', 'その他'), ('unknown', '不明・回答しない')], default='unknown', max_length=7, verbose_name='性別')),
                ('age_band', models.CharField(choices=[('0-17', '18歳未満'), ('18-39', '18〜39歳'), ('40-64', '40〜64歳'), ('65+', '65歳以上'), ('unknown', '不明')], default='unknown', max_length=7, verbose_name='年代')),
                ('opened_on', models.DateField(verbose_name='受付日')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('opened_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.anonymousthread')),
                ('client', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client', verbose_name='わかった利用者')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='anonymousthread',
            name='client',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='threads', to='cases.client', verbose_name='わかった利用者'),
        ),
        migrations.CreateModel(
            name='ClientDisability',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4, verbose_name='障がい種別')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='disabilities', to='cases.client')),
            ],
            options={
                'ordering': ['code', 'starts_on'],
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ClientDisabilityEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('code', models.CharField(max_length=4, verbose_name='障がい種別')),
                ('starts_on', models.DateField(blank=True, null=True, verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.clientdisability')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClientEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('number', models.CharField(max_length=20, verbose_name='利用者番号')),
                ('family_name', models.CharField(blank=True, max_length=60, verbose_name='姓')),
                ('given_name', models.CharField(blank=True, max_length=60, verbose_name='名')),
                ('family_kana', models.CharField(max_length=60, verbose_name='セイ')),
                ('given_kana', models.CharField(blank=True, max_length=60, verbose_name='メイ')),
                ('name_key', models.CharField(editable=False, max_length=130)),
                ('kana_key', models.CharField(editable=False, max_length=130)),
                ('birth_date', models.DateField(blank=True, null=True, verbose_name='生年月日')),
                ('birth_precision', models.CharField(choices=[('day', '日まで'), ('month', '月まで'), ('year', '年まで')], default='day', max_length=5)),
                ('sex', models.CharField(choices=[('male', '男'), ('female', '女'), ('other', 'その他'), ('unknown', '不明・回答しない')], default='unknown', max_length=7, verbose_name='性別')),
                ('postal_code', models.CharField(blank=True, max_length=7, verbose_name='郵便番号')),
                ('address', models.CharField(blank=True, max_length=200, verbose_name='住所')),
                ('town', models.CharField(blank=True, max_length=60, verbose_name='町名')),
                ('school_district', models.CharField(blank=True, max_length=30, verbose_name='校区')),
                ('recipient_number', models.CharField(blank=True, max_length=10, verbose_name='受給者証番号')),
                ('support_level', models.CharField(blank=True, max_length=4, verbose_name='障害支援区分')),
                ('support_level_until', models.DateField(blank=True, null=True, verbose_name='支援区分の期限')),
                ('contact_note', models.CharField(blank=True, max_length=200, verbose_name='連絡・配慮の注意')),
                ('registered_on', models.DateField(verbose_name='登録日')),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('version', models.PositiveIntegerField(default=1)),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.client')),
                ('previous', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client', verbose_name='前のセンターでの利用者')),
                ('registered_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登録した人')),
                ('ward', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.ward', verbose_name='区')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ClientPhone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, verbose_name='電話')),
                ('whose', models.CharField(blank=True, max_length=30, verbose_name='だれの')),
                ('tail', models.CharField(editable=False, max_length=4)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='phones', to='cases.client')),
            ],
            options={
                'ordering': ['position', 'id'],
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ClientPhoneEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('number', models.CharField(max_length=20, verbose_name='電話')),
                ('whose', models.CharField(blank=True, max_length=30, verbose_name='だれの')),
                ('tail', models.CharField(editable=False, max_length=4)),
                ('position', models.PositiveSmallIntegerField(default=0)),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.clientphone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('given_on', models.DateField(verbose_name='同意した日')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='情報共有の範囲')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='撤回した日')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='cases.client')),
            ],
            options={
                'ordering': ['-given_on'],
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConsentEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('given_on', models.DateField(verbose_name='同意した日')),
                ('scopes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None, verbose_name='情報共有の範囲')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='撤回した日')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.consent')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Consultation',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('group', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='まとまり')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('subject', models.CharField(choices=[('client', '利用者'), ('anonymous', '匿名・氏名不明'), ('organization', '機関・地域の方')], max_length=12, verbose_name='だれの相談か')),
                ('date', models.DateField(verbose_name='相談日')),
                ('start_time', models.TimeField(blank=True, null=True, verbose_name='開始')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='分')),
                ('method', models.CharField(max_length=4, verbose_name='支援方法')),
                ('direction', models.CharField(blank=True, choices=[('in', '受けた'), ('out', 'かけた')], max_length=3, verbose_name='発着')),
                ('contents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, size=None, verbose_name='支援内容')),
                ('counterpart', models.CharField(blank=True, max_length=4, verbose_name='話した人')),
                ('counterpart_note', models.CharField(blank=True, max_length=60, verbose_name='話した人(くわしく)')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='場所')),
                ('facts', models.TextField(blank=True, verbose_name='相談の要点')),
                ('view', models.TextField(blank=True, verbose_name='所見')),
                ('done', models.TextField(blank=True, verbose_name='対応')),
                ('counted', models.BooleanField(default=True, verbose_name='計上する')),
                ('uncounted_reason', models.CharField(blank=True, max_length=100, verbose_name='計上しない理由')),
                ('unanswered', models.BooleanField(default=False, verbose_name='不在・つながらず')),
                ('rights_concern', models.BooleanField(default=False, verbose_name='虐待・差別の疑い')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='取り消した日時')),
                ('void_reason', models.CharField(blank=True, choices=[('wrong_person', '別の人の記録だった'), ('double', '二重に記録した'), ('not_happened', '実際には行われなかった'), ('other', 'そのほか')], max_length=15, verbose_name='取り消しの理由')),
                ('void_note', models.CharField(blank=True, max_length=200, verbose_name='取り消しの説明')),
                ('business_item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.businessitem', verbose_name='業務項目')),
                ('case', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='cases.case')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='cases.client', verbose_name='利用者')),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.staffmember', verbose_name='対応した人')),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='consultations', to='cases.anonymousthread', verbose_name='匿名の相談者')),
                ('voided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('group', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='まとまり')),
                ('position', models.PositiveSmallIntegerField(default=0, editable=False)),
                ('subject', models.CharField(choices=[('client', '利用者'), ('anonymous', '匿名・氏名不明'), ('organization', '機関・地域の方')], max_length=12, verbose_name='だれの相談か')),
                ('date', models.DateField(verbose_name='相談日')),
                ('start_time', models.TimeField(blank=True, null=True, verbose_name='開始')),
                ('minutes', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='分')),
                ('method', models.CharField(max_length=4, verbose_name='支援方法')),
                ('direction', models.CharField(blank=True, choices=[('in', '受けた'), ('out', 'かけた')], max_length=3, verbose_name='発着')),
                ('contents', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), default=list, size=None, verbose_name='支援内容')),
                ('counterpart', models.CharField(blank=True, max_length=4, verbose_name='話した人')),
                ('counterpart_note', models.CharField(blank=True, max_length=60, verbose_name='話した人(くわしく)')),
                ('place', models.CharField(blank=True, max_length=60, verbose_name='場所')),
                ('facts', models.TextField(blank=True, verbose_name='相談の要点')),
                ('view', models.TextField(blank=True, verbose_name='所見')),
                ('done', models.TextField(blank=True, verbose_name='対応')),
                ('counted', models.BooleanField(default=True, verbose_name='計上する')),
                ('uncounted_reason', models.CharField(blank=True, max_length=100, verbose_name='計上しない理由')),
                ('unanswered', models.BooleanField(default=False, verbose_name='不在・つながらず')),
                ('rights_concern', models.BooleanField(default=False, verbose_name='虐待・差別の疑い')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版')),
                ('voided_at', models.DateTimeField(blank=True, null=True, verbose_name='取り消した日時')),
                ('void_reason', models.CharField(blank=True, choices=[('wrong_person', '別の人の記録だった'), ('double', '二重に記録した'), ('not_happened', '実際には行われなかった'), ('other', 'そのほか')], max_length=15, verbose_name='取り消しの理由')),
                ('void_note', models.CharField(blank=True, max_length=200, verbose_name='取り消しの説明')),
                ('business_item', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.businessitem', verbose_name='業務項目')),
                ('case', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.case')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client', verbose_name='利用者')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.consultation')),
                ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.staffmember', verbose_name='対応した人')),
                ('thread', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.anonymousthread', verbose_name='匿名の相談者')),
                ('voided_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL, verbose_name='書いた人')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ConsultationVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='版')),
                ('content', models.JSONField(verbose_name='訂正前の内容')),
                ('reason', models.CharField(max_length=200, verbose_name='訂正の理由')),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
                ('consultation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='cases.consultation')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-version'],
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ConsultationVersionEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('version', models.PositiveIntegerField(verbose_name='版')),
                ('content', models.JSONField(verbose_name='訂正前の内容')),
                ('reason', models.CharField(max_length=200, verbose_name='訂正の理由')),
                ('replaced_at', models.DateTimeField(auto_now_add=True)),
                ('consultation', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.consultation')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.consultationversion')),
                ('replaced_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('group', models.UUIDField(primary_key=True, serialize=False)),
                ('content', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='centers.center')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='cases.client')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FollowUp',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('due_on', models.DateField(verbose_name='期限')),
                ('due_at', models.TimeField(blank=True, null=True, verbose_name='時刻')),
                ('kind', models.CharField(choices=[('call', '電話'), ('visit', '訪問'), ('come', '来所'), ('accompany', '同行'), ('meeting', '会議'), ('other', 'そのほか')], default='other', max_length=10, verbose_name='方法')),
                ('what', models.CharField(max_length=200, verbose_name='すること')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                ('dropped_reason', models.CharField(blank=True, max_length=200, verbose_name='しないことにした理由')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followups', to='cases.client')),
                ('done_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('origin', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followups', to='cases.consultation', verbose_name='元の記録')),
                ('staff', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.staffmember', verbose_name='担当')),
                ('thread', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followups', to='cases.anonymousthread')),
                ('written_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['due_on', 'due_at', 'id'],
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='FollowUpEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('due_on', models.DateField(verbose_name='期限')),
                ('due_at', models.TimeField(blank=True, null=True, verbose_name='時刻')),
                ('kind', models.CharField(choices=[('call', '電話'), ('visit', '訪問'), ('come', '来所'), ('accompany', '同行'), ('meeting', '会議'), ('other', 'そのほか')], default='other', max_length=10, verbose_name='方法')),
                ('what', models.CharField(max_length=200, verbose_name='すること')),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('done_on', models.DateField(blank=True, null=True, verbose_name='済んだ日')),
                ('dropped_reason', models.CharField(blank=True, max_length=200, verbose_name='しないことにした理由')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('done_by', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('origin', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.consultation', verbose_name='元の記録')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.followup')),
                ('staff', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.staffmember', verbose_name='担当')),
                ('thread', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.anonymousthread')),
                ('written_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Handbook',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('physical', '身体障害者手帳'), ('intellectual', '療育手帳'), ('mental', '精神障害者保健福祉手帳')], max_length=12, verbose_name='手帳')),
                ('grade', models.CharField(max_length=10, verbose_name='等級')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='次回判定・有効期限')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handbooks', to='cases.client')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='HandbookEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('kind', models.CharField(choices=[('physical', '身体障害者手帳'), ('intellectual', '療育手帳'), ('mental', '精神障害者保健福祉手帳')], max_length=12, verbose_name='手帳')),
                ('grade', models.CharField(max_length=10, verbose_name='等級')),
                ('next_on', models.DateField(blank=True, null=True, verbose_name='次回判定・有効期限')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.handbook')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='LogTiming',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('seconds', models.PositiveIntegerField()),
                ('via', models.CharField(choices=[('blank', '相談を記録'), ('person', '利用者ページ')], max_length=10, verbose_name='開き方')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='centers.center')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PlanCase',
            fields=[
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('kind', models.CharField(choices=[('plan', '計画相談'), ('community', '地域相談'), ('child', '障害児相談支援')], default='plan', max_length=10, verbose_name='種別')),
                ('contract_on', models.DateField(verbose_name='契約日')),
                ('specialist', models.CharField(blank=True, max_length=60, verbose_name='相談支援専門員')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('end_reason', models.CharField(blank=True, max_length=100, verbose_name='終了の理由')),
                ('handed_to', models.CharField(blank=True, max_length=100, verbose_name='引き継ぎ先')),
                ('monitoring_months', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='モニタリング月')),
                ('complex', models.BooleanField(default=False, verbose_name='複雑・困難')),
                ('unavoidable_reason', models.CharField(blank=True, max_length=200, verbose_name='やむを得ない理由')),
                ('center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='plan_cases', to='cases.client', verbose_name='利用者')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PlanCaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('kind', models.CharField(choices=[('plan', '計画相談'), ('community', '地域相談'), ('child', '障害児相談支援')], default='plan', max_length=10, verbose_name='種別')),
                ('contract_on', models.DateField(verbose_name='契約日')),
                ('specialist', models.CharField(blank=True, max_length=60, verbose_name='相談支援専門員')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('end_reason', models.CharField(blank=True, max_length=100, verbose_name='終了の理由')),
                ('handed_to', models.CharField(blank=True, max_length=100, verbose_name='引き継ぎ先')),
                ('monitoring_months', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None, verbose_name='モニタリング月')),
                ('complex', models.BooleanField(default=False, verbose_name='複雑・困難')),
                ('unavoidable_reason', models.CharField(blank=True, max_length=200, verbose_name='やむを得ない理由')),
                ('center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='センター')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client', verbose_name='利用者')),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.plancase')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ShareGrant',
            fields=[
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ('scope', models.CharField(choices=[('identity', '基本情報'), ('notes', '基本情報と経過')], max_length=8, verbose_name='範囲')),
                ('basis', models.CharField(choices=[('consent', '本人の同意'), ('handover', '引き継ぎ'), ('referral', '紹介'), ('law', '法令')], max_length=8, verbose_name='根拠')),
                ('client', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shares', to='cases.client')),
                ('granted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('to_center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='centers.center', verbose_name='相手のセンター')),
            ],
            options={
                'abstract': False,
                'default_manager_name': 'unscoped',
            },
            managers=[
                ('unscoped', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ShareGrantEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('starts_on', models.DateField(verbose_name='開始日')),
                ('ends_on', models.DateField(blank=True, null=True, verbose_name='終了日')),
                ('id', models.UUIDField(default=uuid.uuid4, editable=False, serialize=False)),
                ('scope', models.CharField(choices=[('identity', '基本情報'), ('notes', '基本情報と経過')], max_length=8, verbose_name='範囲')),
                ('basis', models.CharField(choices=[('consent', '本人の同意'), ('handover', '引き継ぎ'), ('referral', '紹介'), ('law', '法令')], max_length=8, verbose_name='根拠')),
                ('client', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='cases.client')),
                ('granted_by', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to=settings.AUTH_USER_MODEL)),
                ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='cases.sharegrant')),
                ('to_center', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='centers.center', verbose_name='相手のセンター')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='casemember',
            constraint=models.UniqueConstraint(fields=('case', 'user'), name='case_member_once'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['center', 'kana_key', 'id'], name='client_kana'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=models.Index(fields=['center', 'birth_date'], name='client_birth'),
        ),
        migrations.AddIndex(
            model_name='client',
            index=django.contrib.postgres.indexes.GinIndex(fields=['kana_key'], name='client_kana_part', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='client',
            index=django.contrib.postgres.indexes.GinIndex(fields=['name_key'], name='client_name_part', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.UniqueConstraint(fields=('center', 'number'), name='client_number_once', violation_error_message='この利用者番号は、もう使われています。'),
        ),
        migrations.AddConstraint(
            model_name='client',
            constraint=models.CheckConstraint(condition=models.Q(('family_kana', ''), _negated=True), name='client_kana'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(models.F('center'), models.OrderBy(models.F('next_due_on'), nulls_last=True), models.F('id'), name='case_center_due'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['responsible', 'state'], name='case_responsible'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on__isnull', True), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='case_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on__isnull', True)), fields=('client',), name='case_open_once', violation_error_message='この利用者には、終結していないケースがもうあります。'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on__isnull', False), ('state', 'closed')), models.Q(models.Q(('state', 'closed'), _negated=True), ('closed_on__isnull', True)), _connector='OR'), name='case_closed'),
        ),
        migrations.AddIndex(
            model_name='breakglass',
            index=models.Index(fields=['user', 'ends_at'], name='break_glass_user'),
        ),
        migrations.AddConstraint(
            model_name='breakglass',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__isnull', True), ('ends_at__gte', models.F('starts_at')), _connector='OR'), name='break_glass_times', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='anonymousthread',
            constraint=models.UniqueConstraint(fields=('center', 'number'), name='thread_number_once'),
        ),
        migrations.AddConstraint(
            model_name='clientdisability',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='client_disability_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddConstraint(
            model_name='clientdisability',
            constraint=models.UniqueConstraint(condition=models.Q(('ends_on__isnull', True)), fields=('client', 'code'), name='client_disability_open_once'),
        ),
        migrations.AddIndex(
            model_name='clientphone',
            index=models.Index(fields=['tail'], name='client_phone_tail'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on__isnull', True), ('withdrawn_on__gte', models.F('given_on')), _connector='OR'), name='consent_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(models.F('center'), models.OrderBy(models.F('date'), descending=True), models.OrderBy(models.F('id'), descending=True), name='consultation_center'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(models.F('client'), models.OrderBy(models.F('date'), descending=True), models.OrderBy(models.F('id'), descending=True), name='consultation_client'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(models.F('thread'), models.OrderBy(models.F('date'), descending=True), name='consultation_thread'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.UniqueConstraint(fields=('group', 'position'), name='consultation_once'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('client__isnull', False), ('subject', 'client'), ('thread__isnull', True)), models.Q(('client__isnull', True), ('subject', 'anonymous')), models.Q(('case__isnull', True), ('client__isnull', True), ('subject', 'organization'), ('thread__isnull', True)), _connector='OR'), name='consultation_subject'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('unanswered', True), models.Q(('contents', []), _negated=True), _connector='OR'), name='consultation_contents', violation_error_message='支援内容が選ばれていません。1つ以上選んでください。'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('counted', True), models.Q(('uncounted_reason', ''), _negated=True), _connector='OR'), name='consultation_uncounted'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(('minutes__isnull', True), ('minutes__lte', 1440), _connector='OR'), name='consultation_minutes'),
        ),
        migrations.AddConstraint(
            model_name='consultation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('void_reason', ''), ('voided_at__isnull', True), ('voided_by__isnull', True)), models.Q(('voided_at__isnull', False), ('voided_by__isnull', False), models.Q(('void_reason', ''), _negated=True)), _connector='OR'), name='consultation_void'),
        ),
        migrations.AddConstraint(
            model_name='consultationversion',
            constraint=models.UniqueConstraint(fields=('consultation', 'version'), name='consultation_version_once'),
        ),
        migrations.AddIndex(
            model_name='draft',
            index=models.Index(fields=['user', '-updated_at'], name='draft_user'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(condition=models.Q(('done_on__isnull', True)), fields=['center', 'due_on', 'id'], name='followup_open_center'),
        ),
        migrations.AddIndex(
            model_name='followup',
            index=models.Index(fields=['client', 'due_on'], name='followup_client'),
        ),
        migrations.AddConstraint(
            model_name='followup',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('done_by__isnull', True), ('done_on__isnull', True)), models.Q(('done_by__isnull', False), ('done_on__isnull', False)), _connector='OR'), name='followup_done'),
        ),
        migrations.AddConstraint(
            model_name='handbook',
            constraint=models.UniqueConstraint(fields=('client', 'kind'), name='handbook_once'),
        ),
        migrations.AddIndex(
            model_name='logtiming',
            index=models.Index(fields=['center', 'day'], name='log_timing_day'),
        ),
        migrations.AddIndex(
            model_name='plancase',
            index=models.Index(fields=['center', 'contract_on', 'ends_on'], name='plan_case_held'),
        ),
        migrations.AddConstraint(
            model_name='plancase',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('contract_on')), _connector='OR'), name='plan_case_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        migrations.AddIndex(
            model_name='sharegrant',
            index=models.Index(fields=['to_center', 'client'], name='share_grant_to'),
        ),
        migrations.AddConstraint(
            model_name='sharegrant',
            constraint=models.CheckConstraint(condition=models.Q(('ends_on__isnull', True), ('ends_on__gte', models.F('starts_on')), _connector='OR'), name='share_grant_dates', violation_error_message='終わりの日が始まりの日より前です。日付を確かめてください。'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casemember',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_casememberevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id"); RETURN NULL;', hash='141937710927bd30122ed8a4b1791a2f8286a641', operation='INSERT', pgid='pgtrigger_insert_insert_a436c', table='cases_casemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casemember',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_casememberevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (NEW."case_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id"); RETURN NULL;', hash='8420cb3eed3112ef72d359d6e15b6fa0d220d3b0', operation='UPDATE', pgid='pgtrigger_update_update_8d863', table='cases_casemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='casemember',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_casememberevent" ("case_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id") VALUES (OLD."case_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id"); RETURN NULL;', hash='89e2d14baada398625a0955db76576a689295d4a', operation='DELETE', pgid='pgtrigger_delete_delete_177a4', table='cases_casemember', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientevent" ("address", "birth_date", "birth_precision", "center_id", "contact_note", "family_kana", "family_name", "given_kana", "given_name", "id", "kana_key", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "previous_id", "recipient_number", "registered_by_id", "registered_on", "school_district", "sex", "support_level", "support_level_until", "town", "updated_at", "version", "ward_id") VALUES (NEW."address", NEW."birth_date", NEW."birth_precision", NEW."center_id", NEW."contact_note", NEW."family_kana", NEW."family_name", NEW."given_kana", NEW."given_name", NEW."id", NEW."kana_key", NEW."name_key", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."postal_code", NEW."previous_id", NEW."recipient_number", NEW."registered_by_id", NEW."registered_on", NEW."school_district", NEW."sex", NEW."support_level", NEW."support_level_until", NEW."town", NEW."updated_at", NEW."version", NEW."ward_id"); RETURN NULL;', hash='52a84fca85e8ca1bda22e41e6ff543c1e0a438d9', operation='INSERT', pgid='pgtrigger_insert_insert_cd79a', table='cases_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."address" IS DISTINCT FROM (NEW."address") OR OLD."birth_date" IS DISTINCT FROM (NEW."birth_date") OR OLD."birth_precision" IS DISTINCT FROM (NEW."birth_precision") OR OLD."center_id" IS DISTINCT FROM (NEW."center_id") OR OLD."contact_note" IS DISTINCT FROM (NEW."contact_note") OR OLD."family_kana" IS DISTINCT FROM (NEW."family_kana") OR OLD."family_name" IS DISTINCT FROM (NEW."family_name") OR OLD."given_kana" IS DISTINCT FROM (NEW."given_kana") OR OLD."given_name" IS DISTINCT FROM (NEW."given_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."postal_code" IS DISTINCT FROM (NEW."postal_code") OR OLD."previous_id" IS DISTINCT FROM (NEW."previous_id") OR OLD."recipient_number" IS DISTINCT FROM (NEW."recipient_number") OR OLD."registered_by_id" IS DISTINCT FROM (NEW."registered_by_id") OR OLD."registered_on" IS DISTINCT FROM (NEW."registered_on") OR OLD."school_district" IS DISTINCT FROM (NEW."school_district") OR OLD."sex" IS DISTINCT FROM (NEW."sex") OR OLD."support_level" IS DISTINCT FROM (NEW."support_level") OR OLD."support_level_until" IS DISTINCT FROM (NEW."support_level_until") OR OLD."town" IS DISTINCT FROM (NEW."town") OR OLD."updated_at" IS DISTINCT FROM (NEW."updated_at") OR OLD."version" IS DISTINCT FROM (NEW."version") OR OLD."ward_id" IS DISTINCT FROM (NEW."ward_id"))', func='INSERT INTO "cases_clientevent" ("address", "birth_date", "birth_precision", "center_id", "contact_note", "family_kana", "family_name", "given_kana", "given_name", "id", "kana_key", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "previous_id", "recipient_number", "registered_by_id", "registered_on", "school_district", "sex", "support_level", "support_level_until", "town", "updated_at", "version", "ward_id") VALUES (NEW."address", NEW."birth_date", NEW."birth_precision", NEW."center_id", NEW."contact_note", NEW."family_kana", NEW."family_name", NEW."given_kana", NEW."given_name", NEW."id", NEW."kana_key", NEW."name_key", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."postal_code", NEW."previous_id", NEW."recipient_number", NEW."registered_by_id", NEW."registered_on", NEW."school_district", NEW."sex", NEW."support_level", NEW."support_level_until", NEW."town", NEW."updated_at", NEW."version", NEW."ward_id"); RETURN NULL;', hash='a25515b42ef4a13da0ee9e14259be45af6689645', operation='UPDATE', pgid='pgtrigger_update_update_8b7f5', table='cases_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='client',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientevent" ("address", "birth_date", "birth_precision", "center_id", "contact_note", "family_kana", "family_name", "given_kana", "given_name", "id", "kana_key", "name_key", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "postal_code", "previous_id", "recipient_number", "registered_by_id", "registered_on", "school_district", "sex", "support_level", "support_level_until", "town", "updated_at", "version", "ward_id") VALUES (OLD."address", OLD."birth_date", OLD."birth_precision", OLD."center_id", OLD."contact_note", OLD."family_kana", OLD."family_name", OLD."given_kana", OLD."given_name", OLD."id", OLD."kana_key", OLD."name_key", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."postal_code", OLD."previous_id", OLD."recipient_number", OLD."registered_by_id", OLD."registered_on", OLD."school_district", OLD."sex", OLD."support_level", OLD."support_level_until", OLD."town", OLD."updated_at", OLD."version", OLD."ward_id"); RETURN NULL;', hash='e0bdfe6a10f4b2cce93109319eb68edcbb82d8f6', operation='DELETE', pgid='pgtrigger_delete_delete_c1412', table='cases_client', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseevent" ("center_id", "client_id", "closed_on", "closed_reason", "id", "last_contact_method", "last_contact_on", "next_due_on", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reason", "responsible_id", "restricted", "state") VALUES (NEW."center_id", NEW."client_id", NEW."closed_on", NEW."closed_reason", NEW."id", NEW."last_contact_method", NEW."last_contact_on", NEW."next_due_on", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."priority", NEW."reason", NEW."responsible_id", NEW."restricted", NEW."state"); RETURN NULL;', hash='09a17887cc4818a93c0fbb50a848a39244eed6c5', operation='INSERT', pgid='pgtrigger_insert_insert_0b483', table='cases_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."center_id" IS DISTINCT FROM (NEW."center_id") OR OLD."client_id" IS DISTINCT FROM (NEW."client_id") OR OLD."closed_on" IS DISTINCT FROM (NEW."closed_on") OR OLD."closed_reason" IS DISTINCT FROM (NEW."closed_reason") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."opened_on" IS DISTINCT FROM (NEW."opened_on") OR OLD."priority" IS DISTINCT FROM (NEW."priority") OR OLD."reason" IS DISTINCT FROM (NEW."reason") OR OLD."responsible_id" IS DISTINCT FROM (NEW."responsible_id") OR OLD."restricted" IS DISTINCT FROM (NEW."restricted") OR OLD."state" IS DISTINCT FROM (NEW."state"))', func='INSERT INTO "cases_caseevent" ("center_id", "client_id", "closed_on", "closed_reason", "id", "last_contact_method", "last_contact_on", "next_due_on", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reason", "responsible_id", "restricted", "state") VALUES (NEW."center_id", NEW."client_id", NEW."closed_on", NEW."closed_reason", NEW."id", NEW."last_contact_method", NEW."last_contact_on", NEW."next_due_on", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."priority", NEW."reason", NEW."responsible_id", NEW."restricted", NEW."state"); RETURN NULL;', hash='6bb420e028895b78e24201b1a45c1ed5447ca0bd', operation='UPDATE', pgid='pgtrigger_update_update_f5146', table='cases_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='case',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_caseevent" ("center_id", "client_id", "closed_on", "closed_reason", "id", "last_contact_method", "last_contact_on", "next_due_on", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "priority", "reason", "responsible_id", "restricted", "state") VALUES (OLD."center_id", OLD."client_id", OLD."closed_on", OLD."closed_reason", OLD."id", OLD."last_contact_method", OLD."last_contact_on", OLD."next_due_on", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."priority", OLD."reason", OLD."responsible_id", OLD."restricted", OLD."state"); RETURN NULL;', hash='a25bb546b0e2ff81966748124b98a69e4951e5b1', operation='DELETE', pgid='pgtrigger_delete_delete_8d49e', table='cases_case', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breakglass',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_breakglassevent" ("client_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (NEW."client_id", NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."starts_at", NEW."user_id"); RETURN NULL;', hash='a4de758ef524d387ad1d2c3012f14c7563ce3059', operation='INSERT', pgid='pgtrigger_insert_insert_115d3', table='cases_breakglass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breakglass',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_breakglassevent" ("client_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (NEW."client_id", NEW."ends_at", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."starts_at", NEW."user_id"); RETURN NULL;', hash='a1a228949b6f1879ccf16001950bf818221b92d8', operation='UPDATE', pgid='pgtrigger_update_update_701da', table='cases_breakglass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='breakglass',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_breakglassevent" ("client_id", "ends_at", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "starts_at", "user_id") VALUES (OLD."client_id", OLD."ends_at", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."starts_at", OLD."user_id"); RETURN NULL;', hash='659472d5d0eca775d1818c627cea4cfeb6055174', operation='DELETE', pgid='pgtrigger_delete_delete_de1bb', table='cases_breakglass', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anonymousthread',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_anonymousthreadevent" ("age_band", "center_id", "client_id", "handle", "id", "number", "opened_by_id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (NEW."age_band", NEW."center_id", NEW."client_id", NEW."handle", NEW."id", NEW."number", NEW."opened_by_id", NEW."opened_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sex"); RETURN NULL;', hash='0caa50bfc06fffa495da2868fd36849f30aac993', operation='INSERT', pgid='pgtrigger_insert_insert_728dd', table='cases_anonymousthread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anonymousthread',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_anonymousthreadevent" ("age_band", "center_id", "client_id", "handle", "id", "number", "opened_by_id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (NEW."age_band", NEW."center_id", NEW."client_id", NEW."handle", NEW."id", NEW."number", NEW."opened_by_id", NEW."opened_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sex"); RETURN NULL;', hash='e639e304e3e6f209a9c2a52d6f3c0f8513e17f00', operation='UPDATE', pgid='pgtrigger_update_update_acbce', table='cases_anonymousthread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='anonymousthread',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_anonymousthreadevent" ("age_band", "center_id", "client_id", "handle", "id", "number", "opened_by_id", "opened_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sex") VALUES (OLD."age_band", OLD."center_id", OLD."client_id", OLD."handle", OLD."id", OLD."number", OLD."opened_by_id", OLD."opened_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sex"); RETURN NULL;', hash='c975811b0ffd74a2728ad6fbe5ebd136d26ca295', operation='DELETE', pgid='pgtrigger_delete_delete_9962e', table='cases_anonymousthread', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientdisability',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientdisabilityevent" ("client_id", "code", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."client_id", NEW."code", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='6589b94b76e2f52bda9870d5a06204f7c47f50f4', operation='INSERT', pgid='pgtrigger_insert_insert_f71c5', table='cases_clientdisability', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientdisability',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_clientdisabilityevent" ("client_id", "code", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (NEW."client_id", NEW."code", NEW."ends_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."starts_on"); RETURN NULL;', hash='83f47ea67eb715045f8f9efc74867960e4be656a', operation='UPDATE', pgid='pgtrigger_update_update_82664', table='cases_clientdisability', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientdisability',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientdisabilityevent" ("client_id", "code", "ends_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "starts_on") VALUES (OLD."client_id", OLD."code", OLD."ends_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."starts_on"); RETURN NULL;', hash='6fa0df700e9a2b486a1f9efcf174d24d39d790ee', operation='DELETE', pgid='pgtrigger_delete_delete_75b89', table='cases_clientdisability', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientphone',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientphoneevent" ("client_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tail", "whose") VALUES (NEW."client_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."tail", NEW."whose"); RETURN NULL;', hash='dc8ccd47172e6ee090aac04baae6a526e7dccaa0', operation='INSERT', pgid='pgtrigger_insert_insert_459c7', table='cases_clientphone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientphone',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_clientphoneevent" ("client_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tail", "whose") VALUES (NEW."client_id", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."tail", NEW."whose"); RETURN NULL;', hash='5ba3a34237a00f40730eb791fc340542ac9199c0', operation='UPDATE', pgid='pgtrigger_update_update_fb0c2', table='cases_clientphone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='clientphone',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_clientphoneevent" ("client_id", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "tail", "whose") VALUES (OLD."client_id", OLD."id", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."tail", OLD."whose"); RETURN NULL;', hash='dc2ca7aa29acdc1bbe1a3e77bc051abdf01c4a7c', operation='DELETE', pgid='pgtrigger_delete_delete_8b501', table='cases_clientphone', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consentevent" ("client_id", "given_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scopes", "withdrawn_on") VALUES (NEW."client_id", NEW."given_on", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scopes", NEW."withdrawn_on"); RETURN NULL;', hash='5c86857b1c749270d377bd4c992c594e98234262', operation='INSERT', pgid='pgtrigger_insert_insert_d4098', table='cases_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_consentevent" ("client_id", "given_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scopes", "withdrawn_on") VALUES (NEW."client_id", NEW."given_on", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scopes", NEW."withdrawn_on"); RETURN NULL;', hash='bc4c12b77bd99bfd432bf550a71d4f847ce85bb5', operation='UPDATE', pgid='pgtrigger_update_update_8a7aa', table='cases_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consent',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consentevent" ("client_id", "given_on", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scopes", "withdrawn_on") VALUES (OLD."client_id", OLD."given_on", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scopes", OLD."withdrawn_on"); RETURN NULL;', hash='f70c7c0e9e43ada2bc63ceb68b490c2ce5845d65', operation='DELETE', pgid='pgtrigger_delete_delete_af72a', table='cases_consent', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consultationevent" ("business_item_id", "case_id", "center_id", "client_id", "contents", "counted", "counterpart", "counterpart_note", "created_at", "date", "direction", "done", "facts", "group", "id", "method", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "rights_concern", "staff_id", "start_time", "subject", "thread_id", "unanswered", "uncounted_reason", "version", "view", "void_note", "void_reason", "voided_at", "voided_by_id", "written_by_id") VALUES (NEW."business_item_id", NEW."case_id", NEW."center_id", NEW."client_id", NEW."contents", NEW."counted", NEW."counterpart", NEW."counterpart_note", NEW."created_at", NEW."date", NEW."direction", NEW."done", NEW."facts", NEW."group", NEW."id", NEW."method", NEW."minutes", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."place", NEW."position", NEW."rights_concern", NEW."staff_id", NEW."start_time", NEW."subject", NEW."thread_id", NEW."unanswered", NEW."uncounted_reason", NEW."version", NEW."view", NEW."void_note", NEW."void_reason", NEW."voided_at", NEW."voided_by_id", NEW."written_by_id"); RETURN NULL;', hash='bfd05d331291ad92333211ba2374b377c91b959d', operation='INSERT', pgid='pgtrigger_insert_insert_24732', table='cases_consultation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_consultationevent" ("business_item_id", "case_id", "center_id", "client_id", "contents", "counted", "counterpart", "counterpart_note", "created_at", "date", "direction", "done", "facts", "group", "id", "method", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "rights_concern", "staff_id", "start_time", "subject", "thread_id", "unanswered", "uncounted_reason", "version", "view", "void_note", "void_reason", "voided_at", "voided_by_id", "written_by_id") VALUES (NEW."business_item_id", NEW."case_id", NEW."center_id", NEW."client_id", NEW."contents", NEW."counted", NEW."counterpart", NEW."counterpart_note", NEW."created_at", NEW."date", NEW."direction", NEW."done", NEW."facts", NEW."group", NEW."id", NEW."method", NEW."minutes", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."place", NEW."position", NEW."rights_concern", NEW."staff_id", NEW."start_time", NEW."subject", NEW."thread_id", NEW."unanswered", NEW."uncounted_reason", NEW."version", NEW."view", NEW."void_note", NEW."void_reason", NEW."voided_at", NEW."voided_by_id", NEW."written_by_id"); RETURN NULL;', hash='76b13660ea956b40e8b93ffc7980c18431fbe299', operation='UPDATE', pgid='pgtrigger_update_update_f3fc8', table='cases_consultation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultation',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consultationevent" ("business_item_id", "case_id", "center_id", "client_id", "contents", "counted", "counterpart", "counterpart_note", "created_at", "date", "direction", "done", "facts", "group", "id", "method", "minutes", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "position", "rights_concern", "staff_id", "start_time", "subject", "thread_id", "unanswered", "uncounted_reason", "version", "view", "void_note", "void_reason", "voided_at", "voided_by_id", "written_by_id") VALUES (OLD."business_item_id", OLD."case_id", OLD."center_id", OLD."client_id", OLD."contents", OLD."counted", OLD."counterpart", OLD."counterpart_note", OLD."created_at", OLD."date", OLD."direction", OLD."done", OLD."facts", OLD."group", OLD."id", OLD."method", OLD."minutes", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."place", OLD."position", OLD."rights_concern", OLD."staff_id", OLD."start_time", OLD."subject", OLD."thread_id", OLD."unanswered", OLD."uncounted_reason", OLD."version", OLD."view", OLD."void_note", OLD."void_reason", OLD."voided_at", OLD."voided_by_id", OLD."written_by_id"); RETURN NULL;', hash='a1d2483397be7229b07c021a688e868610919498', operation='DELETE', pgid='pgtrigger_delete_delete_bb620', table='cases_consultation', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationversion',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consultationversionevent" ("consultation_id", "content", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "replaced_by_id", "version") VALUES (NEW."consultation_id", NEW."content", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."replaced_at", NEW."replaced_by_id", NEW."version"); RETURN NULL;', hash='40951c2e904f0d4ed85aafdf33a5a3f6ffa929ef', operation='INSERT', pgid='pgtrigger_insert_insert_f5cac', table='cases_consultationversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationversion',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_consultationversionevent" ("consultation_id", "content", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "replaced_by_id", "version") VALUES (NEW."consultation_id", NEW."content", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."replaced_at", NEW."replaced_by_id", NEW."version"); RETURN NULL;', hash='ffd8bfa12652bbcaa67417598c034cdec834cc8e', operation='UPDATE', pgid='pgtrigger_update_update_7db27', table='cases_consultationversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='consultationversion',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_consultationversionevent" ("consultation_id", "content", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "replaced_at", "replaced_by_id", "version") VALUES (OLD."consultation_id", OLD."content", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."replaced_at", OLD."replaced_by_id", OLD."version"); RETURN NULL;', hash='53556c0cd7b0a966780060d503ce7e379ec4fc48', operation='DELETE', pgid='pgtrigger_delete_delete_b171e', table='cases_consultationversion', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_followupevent" ("center_id", "client_id", "created_at", "done_by_id", "done_on", "dropped_reason", "due_at", "due_on", "id", "kind", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "thread_id", "what", "written_by_id") VALUES (NEW."center_id", NEW."client_id", NEW."created_at", NEW."done_by_id", NEW."done_on", NEW."dropped_reason", NEW."due_at", NEW."due_on", NEW."id", NEW."kind", NEW."origin_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."staff_id", NEW."thread_id", NEW."what", NEW."written_by_id"); RETURN NULL;', hash='566b86cc3b991030288945d746c5026c34553fe9', operation='INSERT', pgid='pgtrigger_insert_insert_52e06', table='cases_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_followupevent" ("center_id", "client_id", "created_at", "done_by_id", "done_on", "dropped_reason", "due_at", "due_on", "id", "kind", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "thread_id", "what", "written_by_id") VALUES (NEW."center_id", NEW."client_id", NEW."created_at", NEW."done_by_id", NEW."done_on", NEW."dropped_reason", NEW."due_at", NEW."due_on", NEW."id", NEW."kind", NEW."origin_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."staff_id", NEW."thread_id", NEW."what", NEW."written_by_id"); RETURN NULL;', hash='11bb288dd9cd8b59c9c84fded8aaf7ddb44a51c5', operation='UPDATE', pgid='pgtrigger_update_update_c0edd', table='cases_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='followup',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_followupevent" ("center_id", "client_id", "created_at", "done_by_id", "done_on", "dropped_reason", "due_at", "due_on", "id", "kind", "origin_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "staff_id", "thread_id", "what", "written_by_id") VALUES (OLD."center_id", OLD."client_id", OLD."created_at", OLD."done_by_id", OLD."done_on", OLD."dropped_reason", OLD."due_at", OLD."due_on", OLD."id", OLD."kind", OLD."origin_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."staff_id", OLD."thread_id", OLD."what", OLD."written_by_id"); RETURN NULL;', hash='b8a146e0d88fc9644cb385f050def2a2de5ea8c9', operation='DELETE', pgid='pgtrigger_delete_delete_c0217', table='cases_followup', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handbook',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_handbookevent" ("client_id", "grade", "id", "kind", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."client_id", NEW."grade", NEW."id", NEW."kind", NEW."next_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;', hash='96b31310f93c5e127d47456bc2e719a3851fb3fb', operation='INSERT', pgid='pgtrigger_insert_insert_ee564', table='cases_handbook', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handbook',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_handbookevent" ("client_id", "grade", "id", "kind", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."client_id", NEW."grade", NEW."id", NEW."kind", NEW."next_on", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;', hash='0e5c4a1237fb748ab58c5133e97aef5eed3e7ac8', operation='UPDATE', pgid='pgtrigger_update_update_d05ba', table='cases_handbook', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='handbook',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_handbookevent" ("client_id", "grade", "id", "kind", "next_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."client_id", OLD."grade", OLD."id", OLD."kind", OLD."next_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;', hash='09422c503c81dbfefdfa06300521eccfd64c2b5a', operation='DELETE', pgid='pgtrigger_delete_delete_ba3b8', table='cases_handbook', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancase',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_plancaseevent" ("center_id", "client_id", "complex", "contract_on", "end_reason", "ends_on", "handed_to", "id", "kind", "monitoring_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "specialist", "unavoidable_reason") VALUES (NEW."center_id", NEW."client_id", NEW."complex", NEW."contract_on", NEW."end_reason", NEW."ends_on", NEW."handed_to", NEW."id", NEW."kind", NEW."monitoring_months", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."specialist", NEW."unavoidable_reason"); RETURN NULL;', hash='6f926bdd69fa3a7c4f9a83a63f08298882d43e77', operation='INSERT', pgid='pgtrigger_insert_insert_fa29c', table='cases_plancase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancase',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_plancaseevent" ("center_id", "client_id", "complex", "contract_on", "end_reason", "ends_on", "handed_to", "id", "kind", "monitoring_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "specialist", "unavoidable_reason") VALUES (NEW."center_id", NEW."client_id", NEW."complex", NEW."contract_on", NEW."end_reason", NEW."ends_on", NEW."handed_to", NEW."id", NEW."kind", NEW."monitoring_months", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."specialist", NEW."unavoidable_reason"); RETURN NULL;', hash='b1a941bb27022cbaff5a63b77c0d904959987716', operation='UPDATE', pgid='pgtrigger_update_update_477ef', table='cases_plancase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='plancase',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_plancaseevent" ("center_id", "client_id", "complex", "contract_on", "end_reason", "ends_on", "handed_to", "id", "kind", "monitoring_months", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "specialist", "unavoidable_reason") VALUES (OLD."center_id", OLD."client_id", OLD."complex", OLD."contract_on", OLD."end_reason", OLD."ends_on", OLD."handed_to", OLD."id", OLD."kind", OLD."monitoring_months", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."specialist", OLD."unavoidable_reason"); RETURN NULL;', hash='dfc61a26b873d4fd2d0f32ca673c14355dddb444', operation='DELETE', pgid='pgtrigger_delete_delete_db721', table='cases_plancase', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharegrant',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_sharegrantevent" ("basis", "client_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "starts_on", "to_center_id") VALUES (NEW."basis", NEW."client_id", NEW."ends_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."scope", NEW."starts_on", NEW."to_center_id"); RETURN NULL;', hash='b7b8816ec4d438f76a504aed748bbc3656e9d595', operation='INSERT', pgid='pgtrigger_insert_insert_b4395', table='cases_sharegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharegrant',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "cases_sharegrantevent" ("basis", "client_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "starts_on", "to_center_id") VALUES (NEW."basis", NEW."client_id", NEW."ends_on", NEW."granted_by_id", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."scope", NEW."starts_on", NEW."to_center_id"); RETURN NULL;', hash='6a78b1cf4f39a6f434f875b3b61661def1e83c41', operation='UPDATE', pgid='pgtrigger_update_update_47578', table='cases_sharegrant', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='sharegrant',
            trigger=pgtrigger.compiler.Trigger(name='delete_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "cases_sharegrantevent" ("basis", "client_id", "ends_on", "granted_by_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "scope", "starts_on", "to_center_id") VALUES (OLD."basis", OLD."client_id", OLD."ends_on", OLD."granted_by_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."scope", OLD."starts_on", OLD."to_center_id"); RETURN NULL;', hash='8e8511ba9eb9bd3c05bee5c1569638d267ccc073', operation='DELETE', pgid='pgtrigger_delete_delete_5297f', table='cases_sharegrant', when='AFTER')),
        ),
    ])]
