BEGIN TRANSACTION;
CREATE TABLE decisions (
	seq INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	kind TEXT NOT NULL, 
	subjects TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	"by" TEXT NOT NULL, 
	reason TEXT NOT NULL, 
	value TEXT, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES entries (seq)
);
INSERT INTO "decisions" VALUES(5,'d4d0d2bfcd828416823519559c0e4b6c','statement','["7933bf7dcfeb4b7ec8b71f3779506c96"]','reject','Bo Example','misread',NULL);
INSERT INTO "decisions" VALUES(6,'4d9b5b1d7d81ff3d0f2a6a615555aef5','document','["4b5bf852f0d5c9dba618400f16f035f5"]','correct','Bo Example','redated','{"published": "2018"}');
INSERT INTO "decisions" VALUES(7,'2637a32239239796b897b5528774e0d2','statement','["7933bf7dcfeb4b7ec8b71f3779506c96"]','withdraw','Bo Example','it was right',NULL);
CREATE TABLE documents (
	seq INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	url TEXT, 
	outlet TEXT, 
	title TEXT, 
	published TEXT, 
	retrieved TEXT, 
	media_type TEXT NOT NULL, 
	"after" TEXT, 
	name TEXT, 
	text TEXT NOT NULL, 
	source BLOB, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES entries (seq), 
	UNIQUE (id)
);
INSERT INTO "documents" VALUES(1,'b94d32431b4d46b7172f679737d0b9b5',NULL,NULL,NULL,'2019-11-12',NULL,'text/plain',NULL,'heron.txt','The second Heron ferry, first promised for 2029, is now due in 2031 if the yard reopens, Ada Example said.',X'789C0D8D410EC2300C04EF7DC53E2045249CCA8D03120FE003013BAAA5368EEC56A5BF27D79166A6ED9F457C66BA235DE334C638C6340CEF99E1FCD54A78B1694561B333A088F98666BA8A33A1A8752D4D01E2A87A807686D4CE6E1152B0F5CC998D60AC8DAB073C28E3F9CB6B5BFA200B5DFE708A29C6');
INSERT INTO "documents" VALUES(3,'4b5bf852f0d5c9dba618400f16f035f5',NULL,NULL,NULL,'2019-11-12',NULL,'text/plain',NULL,'heron.txt','Zephyr makes the gear boxes of the Heron.',X'789C2B284DCAC92CCE484DB152303230B4D43534D43534E2E28A4A2DC8A82C52C84DCC4E2D5628C94855484F4D2C5248CAAF0072F3D3C0221EA945F9797A00912914CE');
CREATE TABLE entries (
	seq INTEGER NOT NULL, 
	kind VARCHAR(9) NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	content VARCHAR(64) NOT NULL, 
	link VARCHAR(64) NOT NULL, 
	recorded_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (seq)
);
INSERT INTO "entries" VALUES(1,'document','b94d32431b4d46b7172f679737d0b9b5','187d5b767c59c29ba4bae5d3252ce647e95ea93034995fa847c54d0baeebd204','afc3be66ea7ec7a47f528a1c0a8099195acf4cad69fff22ae5fc94580c7c20e5','2026-01-01T00:00:00.000000Z');
INSERT INTO "entries" VALUES(2,'statement','7933bf7dcfeb4b7ec8b71f3779506c96','7933bf7dcfeb4b7ec8b71f3779506c96','ed15b3ee077f08eef6bc4ba85e9e95bf7439e28dee33f77fe7d82c598c80eda1','2026-01-01T00:00:00.000000Z');
INSERT INTO "entries" VALUES(3,'document','4b5bf852f0d5c9dba618400f16f035f5','2ca29b9d6cf6584f765cd2896fc35fe75dc72141bc0610784e7c8f8a36cb3c32','61b01f457b63c899567f7613318d2f8e187093e5ce29f93aebcef2091f8ff9de','2026-01-01T00:00:00.000001Z');
INSERT INTO "entries" VALUES(4,'statement','5b0203094d11d5fde267ac939be8cc6b','5b0203094d11d5fde267ac939be8cc6b','9f0ecfef6b7c3303084cf55c12c854f6fddde6c5c799faa694cf346e107b3dd1','2026-01-01T00:00:00.000001Z');
INSERT INTO "entries" VALUES(5,'decision','d4d0d2bfcd828416823519559c0e4b6c','d4d0d2bfcd828416823519559c0e4b6c','0cdef1698123c74de312e1365dba01fa4c31a21747c14765a639af2008d8f984','2026-01-01T00:00:00.000002Z');
INSERT INTO "entries" VALUES(6,'decision','4d9b5b1d7d81ff3d0f2a6a615555aef5','4d9b5b1d7d81ff3d0f2a6a615555aef5','05043d11c373a921f997c7c3e185d4eb8f797648c2aa7651c587630c5decb647','2026-01-01T00:00:00.000003Z');
INSERT INTO "entries" VALUES(7,'decision','2637a32239239796b897b5528774e0d2','2637a32239239796b897b5528774e0d2','f424a4f54cd759af41391f6d869d39836d4fa600d56e2201b04345f97256faeb','2026-01-01T00:00:00.000004Z');
CREATE TABLE slipcast_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT slipcast_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "slipcast_version" VALUES('0001');
CREATE TABLE statements (
	seq INTEGER NOT NULL, 
	id VARCHAR(32) NOT NULL, 
	document INTEGER NOT NULL, 
	programme_key TEXT NOT NULL, 
	counts_from VARCHAR(10) NOT NULL, 
	span_start INTEGER NOT NULL, 
	span_end INTEGER NOT NULL, 
	quote TEXT NOT NULL, 
	milestone TEXT NOT NULL, 
	status TEXT NOT NULL, 
	programme TEXT NOT NULL, 
	supplier TEXT, 
	recipient TEXT, 
	tranche TEXT, 
	quantity TEXT, 
	date TEXT, 
	previous_date TEXT, 
	speaker TEXT, 
	speaker_role TEXT, 
	anonymous SMALLINT NOT NULL, 
	via TEXT, 
	modality TEXT NOT NULL, 
	cause TEXT, 
	condition TEXT, 
	relation TEXT, 
	participant TEXT, 
	part TEXT, 
	sourcing TEXT, 
	stated_on TEXT, 
	reader TEXT NOT NULL, 
	PRIMARY KEY (seq), 
	FOREIGN KEY(seq) REFERENCES entries (seq), 
	UNIQUE (id), 
	FOREIGN KEY(document) REFERENCES documents (seq)
);
INSERT INTO "statements" VALUES(2,'7933bf7dcfeb4b7ec8b71f3779506c96',1,'heron','2019-11-12',0,106,'The second Heron ferry, first promised for 2029, is now due in 2031 if the yard reopens, Ada Example said.','delivery','delayed','Heron',NULL,'["Harbour"]',NULL,'[1,"~","ferry"]',NULL,NULL,'Ada Example',NULL,0,NULL,'certain',NULL,NULL,NULL,NULL,NULL,NULL,'2019-11-12','rules 0.1');
INSERT INTO "statements" VALUES(4,'5b0203094d11d5fde267ac939be8cc6b',3,'heron','2019-11-12',0,41,'Zephyr makes the gear boxes of the Heron.','participation','achieved','Heron',NULL,'["Harbour"]',NULL,NULL,NULL,NULL,NULL,NULL,0,NULL,'certain',NULL,NULL,'workshare','Zephyr','gear boxes',NULL,'2019-11-12','rules 0.1');
CREATE TABLE subjects (
	decision INTEGER NOT NULL, 
	subject TEXT NOT NULL, 
	PRIMARY KEY (decision, subject), 
	FOREIGN KEY(decision) REFERENCES decisions (seq)
);
INSERT INTO "subjects" VALUES(5,'7933bf7dcfeb4b7ec8b71f3779506c96');
INSERT INTO "subjects" VALUES(6,'4b5bf852f0d5c9dba618400f16f035f5');
INSERT INTO "subjects" VALUES(7,'7933bf7dcfeb4b7ec8b71f3779506c96');
CREATE INDEX statements_by_programme ON statements (programme_key, counts_from);
CREATE INDEX statements_by_document ON statements (document);
CREATE INDEX subjects_by_subject ON subjects (subject);
CREATE TRIGGER entries_refuse_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'entries: append only, UPDATE refused'); END;
CREATE TRIGGER entries_refuse_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'entries: append only, DELETE refused'); END;
CREATE TRIGGER entries_refuse_replace BEFORE INSERT ON entries WHEN EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'entries: append only, REPLACE refused'); END;
CREATE TRIGGER documents_refuse_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents: append only, UPDATE refused'); END;
CREATE TRIGGER documents_refuse_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents: append only, DELETE refused'); END;
CREATE TRIGGER documents_refuse_replace BEFORE INSERT ON documents WHEN EXISTS (SELECT 1 FROM documents WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM documents WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'documents: append only, REPLACE refused'); END;
CREATE TRIGGER statements_refuse_update BEFORE UPDATE ON statements BEGIN SELECT RAISE(ABORT, 'statements: append only, UPDATE refused'); END;
CREATE TRIGGER statements_refuse_delete BEFORE DELETE ON statements BEGIN SELECT RAISE(ABORT, 'statements: append only, DELETE refused'); END;
CREATE TRIGGER statements_refuse_replace BEFORE INSERT ON statements WHEN EXISTS (SELECT 1 FROM statements WHERE seq = NEW.seq) OR EXISTS (SELECT 1 FROM statements WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'statements: append only, REPLACE refused'); END;
CREATE TRIGGER decisions_refuse_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions: append only, UPDATE refused'); END;
CREATE TRIGGER decisions_refuse_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions: append only, DELETE refused'); END;
CREATE TRIGGER decisions_refuse_replace BEFORE INSERT ON decisions WHEN EXISTS (SELECT 1 FROM decisions WHERE seq = NEW.seq) BEGIN SELECT RAISE(ABORT, 'decisions: append only, REPLACE refused'); END;
CREATE TRIGGER subjects_refuse_update BEFORE UPDATE ON subjects BEGIN SELECT RAISE(ABORT, 'subjects: append only, UPDATE refused'); END;
CREATE TRIGGER subjects_refuse_delete BEFORE DELETE ON subjects BEGIN SELECT RAISE(ABORT, 'subjects: append only, DELETE refused'); END;
CREATE TRIGGER subjects_refuse_replace BEFORE INSERT ON subjects WHEN EXISTS (SELECT 1 FROM subjects WHERE decision = NEW.decision AND subject = NEW.subject) BEGIN SELECT RAISE(ABORT, 'subjects: append only, REPLACE refused'); END;
COMMIT;
